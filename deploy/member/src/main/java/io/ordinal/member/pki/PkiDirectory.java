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
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The files of a member's keys and certificates: {@code ca.crt}, {@code ca.key} (until the store
 * has it), {@code .key} and {@code .crt} of {@code member}, {@code server} and {@code admin}, and
 * {@code joining.key} and {@code joining.csr} while a join is not finished.
 */
final class PkiDirectory {
  private static final String AUTHORITY = "ca";
  private static final String KEY = ".key";
  private static final String CERTIFICATE = ".crt";
  private static final String PENDING = "joining";
  private static final String REQUEST = ".csr";
  private final Path path;

  PkiDirectory(Path path) {
    this.path = path;
  }

  /** Something that reads and writes several of the files. */
  interface Work<T> {
    T with(PkiDirectory files) throws IOException, GeneralSecurityException;
  }

  /**
   * A command and the member that it starts may both be the first; one waits for the other. The
   * directory gets mode 0700.
   */
  <T> T alone(Work<T> work) {
    try {
      PrivateFiles.directory(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the directory " + path + " cannot be made", e);
    }
    try (FileChannel lock = FileChannel.open(path.resolve("lock"), CREATE, WRITE)) {
      lock.lock(); // Closing lets go of it.
      return work.with(this);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the certificates in " + path + " could not be read or written", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the certificates in "
              + path
              + " are damaged: "
              + e.getMessage()
              + ". Restore them from a backup; removing the directory makes new ones and voids every kubeconfig",
          e);
    }
  }

  Optional<X509Certificate> authority() throws IOException, GeneralSecurityException {
    Path file = path.resolve(AUTHORITY + CERTIFICATE);
    if (!Files.exists(file)) return Optional.empty();
    return Optional.of(Pem.certificate(Files.readString(file)));
  }

  void writeAuthority(X509Certificate authority) throws IOException, GeneralSecurityException {
    PrivateFiles.write(path.resolve(AUTHORITY + CERTIFICATE), Pem.of(authority));
  }

  Optional<Identity> authorityWithKey() throws IOException, GeneralSecurityException {
    return read(AUTHORITY);
  }

  void writeAuthorityWithKey(Identity authority) throws IOException, GeneralSecurityException {
    write(AUTHORITY, authority);
  }

  /** The store has it from now on. */
  void removeAuthorityKey() throws IOException {
    Files.deleteIfExists(path.resolve(AUTHORITY + KEY));
  }

  /** What a join that is not finished asked with. */
  interface Pending<T> {
    T of(PrivateKey key, String request);
  }

  <T> Optional<T> pending(Pending<T> reader) throws IOException, GeneralSecurityException {
    if (!hasPending()) return Optional.empty();
    PrivateKey key = Pem.key(Files.readString(path.resolve(PENDING + KEY)));
    return Optional.of(reader.of(key, Files.readString(path.resolve(PENDING + REQUEST))));
  }

  boolean hasPending() {
    return Files.exists(path.resolve(PENDING + REQUEST));
  }

  /** The request last: it says that both are there. */
  void writePending(PrivateKey key, String request) throws IOException {
    PrivateFiles.write(path.resolve(PENDING + KEY), Pem.of(key));
    PrivateFiles.write(path.resolve(PENDING + REQUEST), request);
  }

  void removePending() throws IOException {
    Files.deleteIfExists(path.resolve(PENDING + REQUEST));
    Files.deleteIfExists(path.resolve(PENDING + KEY));
  }

  Optional<Identity> read(String name) throws IOException, GeneralSecurityException {
    Path key = path.resolve(name + KEY);
    Path certificate = path.resolve(name + CERTIFICATE);
    if (!Files.exists(key) || !Files.exists(certificate)) return Optional.empty();
    return Optional.of(
        new Identity(
            Pem.key(Files.readString(key)), Pem.certificate(Files.readString(certificate))));
  }

  void write(String name, Identity identity) throws IOException, GeneralSecurityException {
    PrivateFiles.write(path.resolve(name + KEY), Pem.of(identity.key()));
    PrivateFiles.write(path.resolve(name + CERTIFICATE), Pem.of(identity.certificate()));
  }
}
