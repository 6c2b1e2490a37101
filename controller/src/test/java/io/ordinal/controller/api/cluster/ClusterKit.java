package io.ordinal.controller.api.cluster;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.write.Bodies;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/** What reads bodies needs an actor system. */
final class ClusterKit implements AutoCloseable {
  private final ActorTestKit kit = ActorTestKit.create("cluster-api", ConfigFactory.load());

  ActorSystem<?> system() {
    return kit.system();
  }

  Bodies bodies() {
    return new Bodies(1 << 20, Duration.ofSeconds(5), kit.system());
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
