package io.ordinal.cli.client;

import io.ordinal.member.pki.Identity;
import io.ordinal.member.pki.Pem;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The current context of a kubeconfig file: a server, its authority, and a client certificate or a
 * token, as data or as files beside it.
 */
public final class Kubeconfig {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Path file;
  private final JsonNode context;
  private final JsonNode cluster;
  private final JsonNode user;

  private Kubeconfig(Path file, JsonNode tree) throws IOException {
    this.file = file;
    String current = tree.path("current-context").asString("");
    this.context = named(tree.path("contexts"), current, "context").path("context");
    this.cluster =
        named(tree.path("clusters"), context.path("cluster").asString(""), "cluster")
            .path("cluster");
    this.user = named(tree.path("users"), context.path("user").asString(""), "user").path("user");
  }

  /**
   * @throws IOException with the file's name, when it cannot be read or its context is not whole
   */
  public static Kubeconfig read(Path file) throws IOException {
    try {
      return new Kubeconfig(file, YAML.readTree(Files.readAllBytes(file)));
    } catch (JacksonException e) {
      throw new IOException(file + " is no kubeconfig: " + e.getOriginalMessage(), e);
    }
  }

  /** What the context says, or {@code default}. */
  public String namespace() {
    return context.path("namespace").asString("default");
  }

  /**
   * A client as that user.
   *
   * @throws IOException when the server, a certificate or a key is missing or cannot be read
   */
  public ApiClient client() throws IOException {
    String server = cluster.path("server").asString("");
    if (!server.startsWith("https://")) {
      throw new IOException(file + ": expected a server at https://..., found '" + server + "'");
    }
    return new ApiClient(URI.create(server), tls(), token());
  }

  private SSLContext tls() throws IOException {
    try {
      X509Certificate authority =
          Pem.certificate(
              content(cluster, "certificate-authority")
                  .orElseThrow(() -> missing("certificate-authority-data of the cluster")));
      Optional<String> certificate = content(user, "client-certificate");
      if (certificate.isEmpty()) return Tls.trusting(authority);
      String key =
          content(user, "client-key").orElseThrow(() -> missing("client-key-data of the user"));
      PrivateKey own = Pem.key(key);
      return Tls.context(new Identity(own, Pem.certificate(certificate.get())), authority);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": a certificate or key cannot be read: " + e.getMessage(), e);
    }
  }

  private Optional<String> token() throws IOException {
    String inline = user.path("token").asString("");
    if (!inline.isEmpty()) return Optional.of(inline);
    String path = user.path("tokenFile").asString("");
    if (path.isEmpty()) return Optional.empty();
    return Optional.of(Files.readString(file.resolveSibling(path)).strip());
  }

  /** Of {@code <name>-data}, else of the file that {@code <name>} names. */
  private Optional<String> content(JsonNode node, String name) throws IOException {
    String data = node.path(name + "-data").asString("");
    if (!data.isEmpty()) {
      return Optional.of(new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII));
    }
    String path = node.path(name).asString("");
    if (path.isEmpty()) return Optional.empty();
    return Optional.of(Files.readString(file.toAbsolutePath().resolveSibling(path)));
  }

  private JsonNode named(JsonNode list, String name, String what) throws IOException {
    for (JsonNode each : list) {
      if (each.path("name").asString("").equals(name)) return each;
    }
    throw missing(what + " '" + name + "'");
  }

  private IOException missing(String what) {
    return new IOException(file + " has no " + what);
  }
}
