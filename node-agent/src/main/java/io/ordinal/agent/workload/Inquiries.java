package io.ordinal.agent.workload;

import io.ordinal.agent.logs.LogReader;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has inquiries about a life answered over the ports; the asker always hears something. */
record Inquiries(Hands hands, WorkloadPorts ports, Attempts attempts)
    implements Inquiry.Cases<CompletionStage<Void>> {
  @Override
  public CompletionStage<Void> log(AgentCommand.ReadLog query) {
    Attempts.Chosen chosen = attempts.of(query.container(), query.previous());
    if (!chosen.refusal().isEmpty()) {
      query.replyTo().tell(nothing(chosen.refusal()));
      return CompletableFuture.completedFuture(null);
    }
    LogReader.Piece piece =
        new LogReader.Piece(
            chosen.running(), query.cursor(), query.tail(), query.maxBytes(), query.patience());
    return ports
        .logs()
        .read(hands.run(query.container(), chosen.attempt()), piece)
        .exceptionally(failure -> nothing(failure.toString()))
        .thenAccept(query.replyTo()::tell);
  }

  private static LogChunk nothing(String why) {
    return new LogChunk(new byte[0], 0, true, Optional.of(why));
  }

  @Override
  public CompletionStage<Void> stream(AgentCommand.OpenStream query) {
    Openings openings = new Openings(attempts);
    return hands
        .launch()
        .thenAccept(provided -> openings.open(query, provided.address(), ports.streams()))
        .exceptionally(
            failure -> {
              query.replyTo().tell(new StreamAnswer.Refused(Hands.unwrap(failure).toString()));
              return null;
            });
  }
}
