package io.ordinal.tests.hosts;

import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.TokenText;
import io.ordinal.member.join.Joining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Machines join a cluster of the lab, and leave it. */
public final class Admission {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private final LabCluster cluster;
  private final Lab lab;

  Admission(LabCluster cluster) {
    this.cluster = cluster;
    this.lab = cluster.lab();
  }

  /** Writes what the host's member reads. */
  void configure(int host) {
    Host each = lab.host(host);
    each.configure(configuration(each, each.name(), roles(host)));
  }

  private String configuration(Host each, String name, List<String> roles) {
    return """
        ordinal {
          member {
            data-directory = "%s"
            node-name = "%s"
            roles = [%s]
            address = "%s"
          }
          %s
        }
        %s
        """
        .formatted(
            each.directory().path(),
            name,
            String.join(", ", roles),
            each.address(),
            addresses(each),
            cluster.shape().settings());
  }

  /** Addresses move with replicas where they can be put on an interface. */
  private String addresses(Host host) {
    if (!lab.canCut()) return "agent.network.pods = \"" + host.pods() + "\"";
    String device = "agent.network.interface = \"" + lab.device() + "\"";
    return "network.pods = \"" + lab.pool() + "\"\n  " + device;
  }

  private List<String> roles(int host) {
    List<String> roles = new ArrayList<>();
    if (cluster.shape().controllers().contains(host)) roles.add("controller");
    if (cluster.shape().nodes().contains(host)) roles.add("node");
    return roles;
  }

  /** Lets a machine join unless it did, and starts its member; returns before that one serves. */
  void admit(int host) {
    Host newcomer = lab.host(host);
    boolean controller = cluster.shape().controllers().contains(host);
    if (!founder(host) && !Files.exists(newcomer.directory().joined())) {
      JoinRole role = controller ? JoinRole.CONTROLLER : JoinRole.NODE;
      join(newcomer, token(role), newcomer.name(), role, cluster.shape().nodes().contains(host));
    }
    newcomer.start();
  }

  /** Takes a controller's vote, ends its member, and forgets its copy of the store. */
  public void dismiss(int controller) {
    Host host = lab.host(controller);
    String path = "/ordinal/v1/controllers/" + host.name();
    AtomicReference<Api.Answer> last = new AtomicReference<>();
    Until.within(
        PATIENCE,
        "the removal of " + host,
        () -> {
          last.set(cluster.any(api -> api.delete(path)));
          return last.get().done() || last.get().code() == 404; // Answered too late before.
        },
        () -> last.get().toString());
    host.killMember();
    try {
      LabName.removeTree(host.directory().store());
      Files.deleteIfExists(host.directory().joined());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another machine, the last of the lab, joins under the name of a host, unless it is refused. */
  public Optional<Host> addTwin(int host) {
    Host twin = lab.host(lab.hosts().size() - 1);
    String name = lab.host(host).name();
    twin.configure(configuration(twin, name, List.of("node")));
    try {
      join(twin, token(JoinRole.NODE), name, JoinRole.NODE, true);
    } catch (UncheckedIOException refused) {
      return Optional.empty();
    }
    twin.start();
    return Optional.of(twin);
  }

  /** Its member ends, and needs a token to be let in again; its workloads and state stay. */
  public void expel(int host) {
    Host expelled = lab.host(host);
    expelled.killMember();
    try {
      Files.deleteIfExists(expelled.directory().joined());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For good, with everything that was on it. */
  public void removeTwin(Host twin) {
    twin.killEverything();
    try {
      LabName.removeTree(twin.directory().path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It began the cluster, and still has the store that it began with. */
  private boolean founder(int host) {
    return host == cluster.shape().controllers().get(0)
        && Files.exists(lab.host(host).directory().store());
  }

  private String token(JoinRole role) {
    String body = "{\"role\": \"" + role.word() + "\", \"ttl\": \"PT1H\", \"note\": \"lab\"}";
    Api.Answer answer = cluster.any(api -> api.post("/ordinal/v1/tokens", body));
    return answer.ok().path("token").asString();
  }

  /** A controller that says it is ready; the first one if none does. */
  private URI serving() {
    int first = cluster.shape().controllers().get(0);
    return cluster.server(
        cluster.shape().controllers().stream()
            .filter(each -> cluster.api(each).get("/readyz").done())
            .findFirst()
            .orElse(first));
  }

  /** What {@code ordinal join} does, without a JVM of its own. */
  private void join(Host host, String token, String name, JoinRole role, boolean node) {
    Joining.Newcomer newcomer = new Joining.Newcomer(name, host.address(), role, node);
    try {
      Files.createDirectories(host.directory().path());
      new Joining(TokenText.parse(token), serving(), new SecureRandom())
          .join(host.directory(), newcomer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
