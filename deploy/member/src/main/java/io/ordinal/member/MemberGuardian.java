package io.ordinal.member;

import io.ordinal.agent.boot.Agent;
import io.ordinal.agent.boot.Faults;
import io.ordinal.agent.host.DoorAddresses;
import io.ordinal.controller.boot.Access;
import io.ordinal.controller.boot.Controller;
import io.ordinal.controller.boot.Course;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.boot.Place;
import io.ordinal.member.pki.MemberTls;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.management.javadsl.PekkoManagement;

/**
 * The guardian: spawns what a controller consists of and its agent, and watches over nothing else.
 */
final class MemberGuardian {
  private MemberGuardian() {}

  /**
   * What outlives actor systems; each new one is given it.
   *
   * @param doors of this controller, and of the others for when it cannot decide
   * @param faults of a member that is no node; the agent has its own
   */
  record Lasting(
      MemberSettings settings,
      OpenStore store,
      Optional<Agent> agent,
      DoorAddresses doors,
      Optional<Faults> faults,
      Access access,
      Optional<MemberTls> tls) {
    boolean allowsDrills() {
      return agent.map(Agent::allowsDrills).or(() -> faults.map(Faults::allowed)).orElse(true);
    }
  }

  /**
   * @param course its stages fail when a part could not start
   */
  record Started(ActorSystem<Void> system, Course course) {}

  static Started start(Lasting lasting) {
    CompletableFuture<Done> bound = new CompletableFuture<>();
    CompletableFuture<Done> whole = new CompletableFuture<>();
    CompletableFuture<String> outdated = new CompletableFuture<>();
    Behavior<Void> guardian =
        Behaviors.setup(
            context -> {
              Course course = parts(context, lasting);
              pass(course.bound(), bound);
              pass(course.whole(), whole);
              pass(course.outdated(), outdated);
              return Behaviors.empty();
            });
    OpenStore store = lasting.store();
    ActorSystemSetup plain =
        Controller.setup(store.store(), store.group())
            .withSetup(BootstrapSetup.create(lasting.settings().config()));
    ActorSystemSetup hosting =
        lasting.agent().map(each -> plain.withSetup(new SessionSetup(each::leased))).orElse(plain);
    ActorSystemSetup setup =
        lasting.tls().map(each -> hosting.withSetup(each.artery())).orElse(hosting);
    return new Started(
        ActorSystem.create(guardian, "ordinal", setup), new Course(bound, whole, outdated));
  }

  private static Course parts(ActorContext<Void> context, Lasting lasting) {
    MemberSettings settings = lasting.settings();
    OpenStore store = lasting.store();
    Place place =
        new Place(
            settings.node().value(),
            settings.apiUrl(),
            settings.managementAddress(),
            store.address(),
            lasting.allowsDrills());
    Course course =
        Controller.start(context, store.store(), store.group(), place, lasting.access());
    lasting.agent().ifPresent(each -> each.start(context, lasting.doors()));
    lasting.faults().ifPresent(each -> each.start(context));
    CompletionStage<Done> managed =
        PekkoManagement.get(context.getSystem()).start().thenApply(uri -> Done.getInstance());
    return new Course(
        course.bound().thenCombine(managed, (done, too) -> done),
        course.whole().thenCombine(managed, (done, too) -> done),
        course.outdated());
  }

  private static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
    from.whenComplete(
        (value, failure) -> {
          if (failure == null) to.complete(value);
          else to.completeExceptionally(failure);
        });
  }
}
