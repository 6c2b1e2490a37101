package io.ordinal.controller.boot;

import com.typesafe.config.Config;
import io.ordinal.controller.drill.DrillController;
import io.ordinal.controller.drill.DrillPorts;
import io.ordinal.controller.drill.DrillSettings;
import io.ordinal.controller.drill.DrillWitness;
import io.ordinal.controller.drill.NetworkProbe;
import io.ordinal.controller.drill.Testimonies;
import io.ordinal.controller.drill.WitnessedLives;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.node.DrillNews;
import io.ordinal.controller.node.Lives;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The parts of drills, wired: a witness here, and the controller that runs somewhere. */
final class DrillBoot {
  private final ObjectStore store;
  private final DrillSettings settings;
  private final InstantSource clock;
  private final Testimonies testimonies = new Testimonies();
  private final ActorRef<DrillWitness.Command> witness;

  DrillBoot(ActorContext<?> context, ObjectStore store, Config config, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.settings = DrillSettings.from(config);
    this.witness =
        context.spawn(
            DrillWitness.create(
                new DrillWitness.Means(
                    store,
                    new NetworkProbe(settings.probeTimeout()),
                    testimonies,
                    clock,
                    () -> Duration.ofNanos(System.nanoTime())),
                settings),
            "drill-witness");
  }

  Lives witnessed(Lives lives) {
    return new WitnessedLives(lives, witness);
  }

  DrillNews news() {
    return report -> witness.tell(new DrillWitness.Heard(report));
  }

  Behavior<DrillController.Command> controller(Replicas replicas, DrillReach reach, Events events) {
    return DrillController.create(
        new DrillPorts(
            store,
            new StoredReplicaCodec(),
            replicas,
            reach,
            reach,
            testimonies,
            events,
            clock,
            UUID::randomUUID),
        settings);
  }
}
