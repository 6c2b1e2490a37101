package io.ordinal.agent.boot;

import io.ordinal.agent.driver.process.ProcessDriver;
import io.ordinal.agent.exec.MachineEndpoints;
import io.ordinal.agent.exec.StreamRoom;
import io.ordinal.agent.exec.StreamSettings;
import io.ordinal.agent.exec.Streams;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Streams to what runs here; they end with the actor system that they are opened in.
 *
 * @param threads may block
 */
record OpenStreams(ProcessDriver driver, StreamSettings settings, Executor threads) {
  Streams take(ActorContext<?> context) {
    MachineEndpoints endpoints =
        new MachineEndpoints(
            driver, driver.sessions(), driver.logReader().places(), settings, threads);
    ActorRef<StreamRoom.Command> room =
        context.spawn(StreamRoom.create(endpoints, System::nanoTime), "streams");
    return (target, replyTo) -> room.tell(new StreamRoom.Open(target, replyTo));
  }
}
