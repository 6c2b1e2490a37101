package io.ordinal.agent.probe;

import io.ordinal.agent.probe.Prober.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Opens a connection and closes it again. */
final class TcpCheck {
  CompletionStage<Answer> ask(String host, int port, Duration timeout) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    AsynchronousSocketChannel channel;
    try {
      channel = AsynchronousSocketChannel.open();
    } catch (IOException e) {
      return CompletableFuture.completedFuture(Answer.failed(NetworkProber.reasonOf(e)));
    }
    String where = host + ":" + port;
    answer.completeOnTimeout(
        Answer.failed("dial tcp " + where + ": i/o timeout"),
        timeout.toMillis(),
        TimeUnit.MILLISECONDS);
    answer.whenComplete((any, failure) -> close(channel));
    try {
      channel.connect(new InetSocketAddress(host, port), where, new Connecting(answer));
    } catch (RuntimeException e) { // Such as an address that does not resolve.
      answer.complete(Answer.failed("dial tcp " + where + ": " + e));
    }
    return answer;
  }

  private static void close(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing was sent; there is nothing to lose.
    }
  }

  private record Connecting(CompletableFuture<Answer> answer)
      implements CompletionHandler<Void, String> {
    @Override
    public void completed(Void nothing, String where) {
      answer.complete(Answer.PASSED);
    }

    @Override
    public void failed(Throwable failure, String where) {
      answer.complete(Answer.failed("dial tcp " + where + ": " + failure.getMessage()));
    }
  }
}
