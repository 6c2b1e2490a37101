package io.ordinal.agent.exec;

import io.ordinal.agent.driver.Driver;
import io.ordinal.agent.driver.SessionSpec;
import io.ordinal.agent.driver.Sessions;
import io.ordinal.agent.logs.LogFollower;
import io.ordinal.agent.logs.LogPlaces;
import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What streams lead to on a real machine.
 *
 * @param threads may block
 */
public record MachineEndpoints(
    Driver driver, Sessions sessions, LogPlaces logs, StreamSettings settings, Executor threads)
    implements Endpoints {
  private interface Opening {
    Endpoint open() throws IOException;
  }

  @Override
  public CompletionStage<Endpoint> open(StreamTarget target, int columns, int rows) {
    if (target instanceof StreamTarget.Command command) return command(command, columns, rows);
    if (target instanceof StreamTarget.Port port) {
      return blocking(() -> SocketEndpoint.connect(port, settings.connect()));
    }
    if (target instanceof StreamTarget.Output output) return blocking(() -> follow(output));
    return CompletableFuture.failedFuture(new IOException("there is nothing to open"));
  }

  private CompletionStage<Endpoint> command(StreamTarget.Command command, int columns, int rows) {
    Wanted wanted = command.wanted();
    SessionSpec spec =
        new SessionSpec(
            command.words(), wanted.stdout(), wanted.stderr(), wanted.tty(), columns, rows);
    return sessions.begin(command.run(), spec).thenApply(SessionEndpoint::new);
  }

  private Endpoint follow(StreamTarget.Output output) throws IOException {
    LogFollower follower = new LogFollower(logs.logOf(output.run()), settings.look());
    return new OutputEndpoint(follower, driver.exit(output.run()));
  }

  private CompletionStage<Endpoint> blocking(Opening opening) {
    CompletableFuture<Endpoint> opened = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            opened.complete(opening.open());
          } catch (IOException | RuntimeException e) {
            opened.completeExceptionally(e);
          }
        });
    return opened;
  }
}
