package io.ordinal.member.join;

import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.TokenText;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.document.Json;
import io.ordinal.member.contact.ClusterClient;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Application;
import io.ordinal.member.pki.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/** Makes a data directory one of a member of an existing cluster. Blocking. */
public final class Joining {
  private static final String PATH = "/ordinal/v1/join";
  private static final String DRILLS = "ordinal.agent.drills.enabled = true\n";
  private final TokenText token;
  private final URI server;
  private final SecureRandom random;

  /**
   * @param server the API of any controller
   */
  public Joining(TokenText token, URI server, SecureRandom random) {
    this.token = token;
    this.server = server;
    this.random = random;
  }

  /**
   * What the machine is to be.
   *
   * @param address where the others reach it
   * @param hostsWorkloads whether it is a node; a member that is no controller always is
   */
  public record Newcomer(String name, String address, JoinRole role, boolean hostsWorkloads) {
    List<String> roles() {
      List<String> roles = new ArrayList<>();
      if (role == JoinRole.CONTROLLER) roles.add("controller");
      if (hostsWorkloads || role == JoinRole.NODE) roles.add("node");
      return roles;
    }
  }

  /**
   * Whether the directory may join: it is fresh, a join of it was cut short, or it is that of a
   * node of this cluster, which may join again with what it hosts.
   *
   * @return why not
   */
  public static Optional<String> obstacle(DataDirectory directory, TokenText token, JoinRole role) {
    Optional<X509Certificate> authority = Credentials.authorityOf(directory.pki());
    if (directory.member().isPresent()) {
      return Optional.of("a member runs on " + directory.path() + "; stop it first");
    }
    if (authority.isEmpty() || Application.isPending(directory.pki())) return Optional.empty();
    boolean ours = TokenText.hashOf(authority.get()).equals(token.authorityHash());
    boolean node = role == JoinRole.NODE && !Files.exists(directory.store());
    if (ours && node) return Optional.empty();
    return Optional.of(
        directory.path()
            + (ours ? " belongs to the cluster already" : " belongs to another cluster")
            + "; join with an empty data directory");
  }

  /** As {@link #join(DataDirectory, Newcomer, boolean)}; drills only where they are by default. */
  public void join(DataDirectory directory, Newcomer newcomer)
      throws IOException, InterruptedException {
    join(directory, newcomer, false);
  }

  /**
   * Asks to be let in, and writes certificates, the list of controllers and {@code joined.conf}.
   * The member can be started then. When the answer is lost, or the machine fails meanwhile, the
   * same again goes on with it.
   *
   * @param drills whether drills may harm it, wherever it is
   * @throws IOException when no controller answers, it is not the token's cluster, or it refuses
   */
  public void join(DataDirectory directory, Newcomer newcomer, boolean drills)
      throws IOException, InterruptedException {
    Application application = Application.pending(directory.pki(), token.authorityHash(), random);
    SSLContext tls = application.tls();
    ClusterClient client = new ClusterClient(() -> List.of(server), () -> tls);
    ObjectNode body = Json.object();
    body.put("name", newcomer.name());
    body.put("role", newcomer.role().word());
    body.putArray("addresses").add(newcomer.address());
    body.put("request", application.request());
    ObjectNode answer = ask(client, body);
    Credentials.join(
        directory.pki(),
        application.authority(answer.required("authority").asString()),
        application.identity(answer.required("certificate").asString()));
    new KnownControllers(directory.controllers()).learn(answer.path("controllers"));
    if (newcomer.role() == JoinRole.CONTROLLER) {
      PrivateFiles.directory(directory.store());
      OpenStore.joining(directory.store(), UUID.fromString(answer.required("group").asString()));
    }
    PrivateFiles.write(
        directory.joined(), configuration(newcomer, answer) + (drills ? DRILLS : ""));
    Application.settled(directory.pki());
  }

  private ObjectNode ask(ClusterClient client, ObjectNode body)
      throws IOException, InterruptedException {
    try {
      return client.post(PATH, body, token.bearer());
    } catch (IOException failure) {
      throw Unreached.explained(server, failure);
    }
  }

  private String configuration(Newcomer newcomer, ObjectNode answer) {
    List<String> controllers = new ArrayList<>();
    answer.path("controllers").forEach(each -> controllers.add(each.path("artery").asString()));
    if (controllers.isEmpty()) controllers.add(server.getHost());
    return """
        # Written by `ordinal join`. What the configuration of the member says goes before it.
        ordinal.member {
          node-name = "%s"
          address = "%s"
          roles = [%s]
          # Where to begin; the controllers tell of the others.
          controllers = [%s]
          tls = %s
        }
        """
        .formatted(
            newcomer.name(),
            newcomer.address(),
            quoted(newcomer.roles()),
            quoted(controllers),
            answer.path("tls").asBoolean(false) ? "on" : "off");
  }

  private static String quoted(List<String> words) {
    return words.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
  }
}
