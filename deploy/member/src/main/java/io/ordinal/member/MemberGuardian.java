package io.ordinal.member;

import io.ordinal.agent.boot.Agent;
import io.ordinal.controller.boot.Access;
import io.ordinal.controller.boot.Controller;
import io.ordinal.controller.store.ObjectStore;
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

/** The guardian: spawns what the member's roles ask for, and watches over nothing else. */
final class MemberGuardian {
  private MemberGuardian() {}

  /**
   * @param serving completes when the API answers, or exceptionally when a part could not start
   */
  static ActorSystem<Void> start(
      MemberSettings settings,
      ObjectStore store,
      Optional<Agent> agent,
      Access access,
      Optional<MemberTls> tls,
      CompletableFuture<Done> serving) {
    ActorSystemSetup plain =
        ActorSystemSetup.create(BootstrapSetup.create(settings.config()), Controller.setup(store));
    ActorSystemSetup setup = tls.map(each -> plain.withSetup(each.artery())).orElse(plain);
    return ActorSystem.create(guardian(settings, store, agent, access, serving), "ordinal", setup);
  }

  private static Behavior<Void> guardian(
      MemberSettings settings,
      ObjectStore store,
      Optional<Agent> agent,
      Access access,
      CompletableFuture<Done> serving) {
    return Behaviors.setup(
        context -> {
          parts(context, settings, store, agent, access)
              .whenComplete(
                  (done, failure) -> {
                    if (failure == null) serving.complete(done);
                    else serving.completeExceptionally(failure);
                  });
          return Behaviors.empty();
        });
  }

  private static CompletionStage<Done> parts(
      ActorContext<Void> context,
      MemberSettings settings,
      ObjectStore store,
      Optional<Agent> agent,
      Access access) {
    CompletionStage<Done> controller = CompletableFuture.completedStage(Done.getInstance());
    if (settings.roles().contains(MemberSettings.Role.CONTROLLER)) {
      controller = Controller.start(context, store, access);
    }
    agent.ifPresent(each -> each.start(context));
    return controller.thenCombine(
        PekkoManagement.get(context.getSystem()).start(), (done, uri) -> done);
  }
}
