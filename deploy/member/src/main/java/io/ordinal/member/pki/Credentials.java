package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys and certificates of a data directory: the authority's certificate, the member's own
 * identity, and on a controller those of its API server and of its administrator. Kept in files,
 * renewed while the member runs.
 */
public final class Credentials {
  private static final String SERVER = "server";
  private static final String ADMIN = "admin";
  private static final String MEMBER = "member";
  private static final List<String> SERVER_NAMES =
      List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc");

  private final PkiDirectory files;
  private final X509Certificate authority;
  private final Map<String, Identity> held = new ConcurrentHashMap<>();

  private Credentials(PkiDirectory files, X509Certificate authority) {
    this.files = files;
    this.authority = authority;
  }

  /**
   * What the certificates are to say.
   *
   * @param serverAddresses under which the API server is reached
   */
  public record Wanted(Signer.Subject member, List<String> serverAddresses, Validity validity) {}

  /**
   * Reads what is there. In the directory of a controller where nothing is, a new cluster is
   * founded: an authority and everything below it.
   */
  public static Credentials prepare(
      Path directory, Wanted wanted, Instant now, SecureRandom random) {
    return new PkiDirectory(directory)
        .alone(
            files -> {
              if (files.authority().isEmpty()) {
                files.writeAuthorityWithKey(
                    CertificateAuthority.create(now, wanted.validity().life(), random).identity());
              }
              Credentials found = read(files);
              Optional<Identity> signer = files.authorityWithKey();
              if (signer.isPresent()) {
                found.issue(
                    new CertificateAuthority(signer.get(), wanted.validity().life(), random),
                    wanted,
                    now);
              }
              return found;
            });
  }

  /** Whom this directory believes; empty when it belongs to no cluster yet. */
  public static Optional<X509Certificate> authorityOf(Path directory) {
    if (!Files.exists(directory)) return Optional.empty();
    return new PkiDirectory(directory).alone(PkiDirectory::authority);
  }

  /** Those of a member that joined; empty when it never did. */
  public static Optional<Credentials> ofJoined(Path directory) {
    return new PkiDirectory(directory)
        .alone(files -> files.authority().isEmpty() ? Optional.empty() : Optional.of(read(files)));
  }

  /** Keeps what a joining machine was given. */
  public static Credentials join(Path directory, X509Certificate authority, Identity member) {
    return new PkiDirectory(directory)
        .alone(
            files -> {
              files.writeAuthority(authority);
              files.write(MEMBER, member);
              return read(files);
            });
  }

  /** Believes this authority from now on; what was there of another one is void. */
  static Credentials adopt(Path directory, X509Certificate authority) {
    return new PkiDirectory(directory)
        .alone(
            files -> {
              boolean known = files.authority().filter(authority::equals).isPresent();
              files.writeAuthority(authority);
              files.removeAuthorityKey();
              return known ? read(files) : new Credentials(files, authority);
            });
  }

  private static Credentials read(PkiDirectory files) throws IOException, GeneralSecurityException {
    Credentials found = new Credentials(files, files.authority().orElseThrow());
    for (String name : List.of(SERVER, ADMIN, MEMBER)) {
      files.read(name).ifPresent(each -> found.held.put(name, each));
    }
    return found;
  }

  /** Issues what is missing or ends soon. For controllers. */
  void renew(CertificateAuthority signer, Wanted wanted, Instant now) {
    files.alone(
        each -> {
          issue(signer, wanted, now);
          return null;
        });
  }

  private void issue(CertificateAuthority signer, Wanted wanted, Instant now)
      throws IOException, GeneralSecurityException {
    if (isDue(SERVER, wanted.validity(), now)) {
      put(
          SERVER,
          signer.issueServer("ordinal-server", SERVER_NAMES, wanted.serverAddresses(), now));
    }
    if (isDue(ADMIN, wanted.validity(), now)) {
      put(ADMIN, signer.issueClient("ordinal-admin", List.of("system:masters"), now));
    }
    if (isDue(MEMBER, wanted.validity(), now)) {
      KeyPair pair = signer.freshKey();
      PublicKey key = pair.getPublic();
      put(MEMBER, new Identity(pair.getPrivate(), signer.issueMember(key, wanted.member(), now)));
    }
  }

  private boolean isDue(String name, Validity validity, Instant now) {
    Identity identity = held.get(name);
    return identity == null || validity.isDue(identity.certificate(), now);
  }

  private void put(String name, Identity identity) throws IOException, GeneralSecurityException {
    files.write(name, identity);
    held.put(name, identity);
  }

  /** Whether this member's own certificate ends soon. */
  public boolean isDue(Validity validity, Instant now) {
    return isDue(MEMBER, validity, now);
  }

  /** Shows this identity from now on. */
  void replaceMember(Identity renewed) {
    files.alone(
        each -> {
          put(MEMBER, renewed);
          return null;
        });
  }

  /** The key with which this directory founded the cluster, until the store has it. */
  Optional<Identity> foundingAuthority() {
    return files.alone(PkiDirectory::authorityWithKey);
  }

  /** Whether the authority's key is still here, and the cluster's store has yet to be made. */
  public boolean foundsCluster() {
    return foundingAuthority().isPresent();
  }

  /** Forgets the authority's key: the store has it. */
  void forgetAuthorityKey() {
    files.alone(
        each -> {
          each.removeAuthorityKey();
          return null;
        });
  }

  public X509Certificate authority() {
    return authority;
  }

  /** What the API server shows. */
  public Identity server() {
    return held(SERVER);
  }

  /** The administrator's. */
  public Identity admin() {
    return held(ADMIN);
  }

  /** What this member shows to the others. */
  public Identity member() {
    return held(MEMBER);
  }

  private Identity held(String name) {
    Identity identity = held.get(name);
    if (identity == null) {
      throw new IllegalStateException(
          "this data directory has no certificate named "
              + name
              + "; a member that joined gets it when it has started");
    }
    return identity;
  }
}
