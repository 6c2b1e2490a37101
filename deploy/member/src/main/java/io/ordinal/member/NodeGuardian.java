package io.ordinal.member;

import io.ordinal.agent.boot.Agent;
import io.ordinal.agent.host.DoorAddresses;
import io.ordinal.controller.boot.Course;
import io.ordinal.member.MemberGuardian.Started;
import io.ordinal.member.pki.MemberTls;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.management.javadsl.PekkoManagement;

/**
 * The guardian of a member that is only a node: an agent that talks to controllers from outside
 * their cluster, so that a flapping machine never holds up its convergence.
 */
final class NodeGuardian {
  private NodeGuardian() {}

  /** It is whole when the agent runs; whether it is registered depends on the controllers. */
  static Started start(
      MemberSettings settings, Agent agent, DoorAddresses doors, Optional<MemberTls> tls) {
    CompletableFuture<Done> serving = new CompletableFuture<>();
    ActorSystemSetup plain =
        ActorSystemSetup.create(
            BootstrapSetup.create(settings.config()), new SessionSetup(agent::leased));
    ActorSystemSetup setup = tls.map(each -> plain.withSetup(each.artery())).orElse(plain);
    return new Started(
        ActorSystem.create(guardian(agent, doors, serving), "ordinal", setup),
        new Course(serving, serving, new CompletableFuture<>()));
  }

  private static Behavior<Void> guardian(
      Agent agent, DoorAddresses doors, CompletableFuture<Done> serving) {
    return Behaviors.setup(
        context -> {
          agent.start(context, doors);
          PekkoManagement.get(context.getSystem())
              .start()
              .whenComplete(
                  (uri, failure) -> {
                    if (failure == null) serving.complete(Done.getInstance());
                    else serving.completeExceptionally(failure);
                  });
          return Behaviors.empty();
        });
  }
}
