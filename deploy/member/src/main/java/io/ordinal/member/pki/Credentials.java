package io.ordinal.member.pki;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.ordinal.member.directory.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The authority, server and administrator certificates of a data directory: made at the first
 * start, kept, and the latter two renewed by a start in their last 30 days.
 */
public record Credentials(X509Certificate authority, Identity server, Identity admin) {
  private static final Duration RENEW_WITHIN = Duration.ofDays(30);

  /**
   * Reads what is there and makes what is missing.
   *
   * @param directory gets mode 0700, its keys 0600
   * @param addresses under which the server is reached
   */
  public static Credentials prepare(
      Path directory, List<String> addresses, Instant now, SecureRandom random) {
    try {
      PrivateFiles.directory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the directory " + directory + " cannot be made", e);
    }
    try (FileChannel lock = FileChannel.open(directory.resolve("lock"), CREATE, WRITE)) {
      lock.lock(); // A command and the member that it starts may both be the first; closing lets
      // go.
      CertificateAuthority authority = authority(directory, now, random);
      Identity server = read(directory, "server");
      if (server == null || expiresSoon(server, now)) {
        List<String> names =
            List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc");
        server =
            write(
                directory,
                "server",
                authority.issueServer("ordinal-server", names, addresses, now));
      }
      Identity admin = read(directory, "admin");
      if (admin == null || expiresSoon(admin, now)) {
        admin =
            write(
                directory,
                "admin",
                authority.issueClient("ordinal-admin", List.of("system:masters"), now));
      }
      return new Credentials(authority.identity().certificate(), server, admin);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the certificates in " + directory + " could not be read or written", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the certificates in "
              + directory
              + " are damaged: "
              + e.getMessage()
              + ". Restore them from a backup; removing the directory makes new ones and voids every kubeconfig",
          e);
    }
  }

  private static CertificateAuthority authority(Path directory, Instant now, SecureRandom random)
      throws IOException, GeneralSecurityException {
    Identity existing = read(directory, "ca");
    if (existing != null) return new CertificateAuthority(existing, random);
    CertificateAuthority made = CertificateAuthority.create(now, random);
    write(directory, "ca", made.identity());
    return made;
  }

  private static boolean expiresSoon(Identity identity, Instant now) {
    return identity.certificate().getNotAfter().toInstant().isBefore(now.plus(RENEW_WITHIN));
  }

  private static Identity read(Path directory, String name)
      throws IOException, GeneralSecurityException {
    Path key = directory.resolve(name + ".key");
    Path certificate = directory.resolve(name + ".crt");
    if (!Files.exists(key) || !Files.exists(certificate)) return null;
    return new Identity(
        Pem.key(Files.readString(key)), Pem.certificate(Files.readString(certificate)));
  }

  private static Identity write(Path directory, String name, Identity identity)
      throws IOException, GeneralSecurityException {
    PrivateFiles.write(directory.resolve(name + ".key"), Pem.of(identity.key()));
    PrivateFiles.write(directory.resolve(name + ".crt"), Pem.of(identity.certificate()));
    return identity;
  }
}
