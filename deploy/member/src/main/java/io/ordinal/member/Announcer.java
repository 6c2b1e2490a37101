package io.ordinal.member;

import io.ordinal.agent.boot.Agent;
import io.ordinal.controller.boot.Course;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.store.Freshness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Says in sentences for people how it goes with a member: what has changed, and nothing twice. */
final class Announcer {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private final MemberSettings settings;
  private final Consumer<String> said;
  private final Map<String, String> last = new HashMap<>();

  Announcer(MemberSettings settings, Consumer<String> said) {
    this.settings = settings;
    this.said = said;
  }

  void starting() {
    String roles =
        settings.isController()
            ? settings.roles().contains(MemberSettings.Role.NODE)
                ? "a controller and a node"
                : "a controller"
            : "a node";
    said.accept(
        "starting %s as %s at %s, TLS between members %s; its data: %s"
            .formatted(
                settings.node(),
                roles,
                settings.address(),
                settings.tls() ? "on" : "off",
                settings.directory().path()));
  }

  void course(Course course) {
    if (!settings.isController()) return;
    String url = settings.apiUrl();
    course
        .bound()
        .thenCompose(
            done -> {
              said.accept("the API answers at " + url + "; looking for the cluster");
              return course.whole();
            })
        .thenRun(
            () ->
                said.accept(
                    "in the cluster, serving at %s; kubeconfig: %s"
                        .formatted(url, settings.directory().kubeconfig())));
  }

  /** What follows is looked at again and again. */
  Upkeep follow(Optional<OpenStore> store, Optional<Agent> agent) {
    return Upkeep.start(() -> look(store, agent), Duration.ZERO, LOOK);
  }

  private void look(Optional<OpenStore> store, Optional<Agent> agent) {
    store.flatMap(Announcer::leader).ifPresent(now -> changed("leader", now));
    agent.ifPresent(
        each ->
            changed(
                "session",
                each.leased()
                    ? "registered with the controllers: workloads may come"
                    : "not registered with the controllers yet, or no more"));
  }

  /** Empty while the leader has not told its name: it begins as well. */
  private static Optional<String> leader(OpenStore store) {
    Optional<UUID> leader = store.group().leader();
    if (leader.isEmpty()) {
      return Optional.of("no controller leads: a majority of them must answer");
    }
    CompletionStage<Optional<String>> name =
        store
            .store()
            .read(
                Freshness.LOCAL,
                view ->
                    Controllers.in(view).stream()
                        .filter(each -> each.id().equals(leader.get()))
                        .map(ControllerRecord::name)
                        .findFirst());
    int copies = store.group().members().size();
    String all = copies == 1 ? " leads: the only controller" : " leads, one of %d controllers";
    return name.toCompletableFuture().join().map(each -> each + all.formatted(copies));
  }

  private void changed(String what, String now) {
    if (!now.equals(last.put(what, now))) said.accept(now);
  }
}
