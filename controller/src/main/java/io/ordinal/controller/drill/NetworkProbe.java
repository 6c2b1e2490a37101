package io.ordinal.controller.drill;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks over the network, with a connection of its own for every question. */
public final class NetworkProbe implements ProbeClient {
  private static final int LONGEST_ANSWER = 64;

  private final Duration timeout;

  public NetworkProbe(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Boolean> ask(String address, Question question) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    AsynchronousSocketChannel channel;
    try {
      channel = AsynchronousSocketChannel.open();
    } catch (IOException noMoreSockets) {
      return CompletableFuture.completedFuture(false);
    }
    answer.completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((served, failure) -> close(channel));
    new Exchange(channel, address, question, answer).connect();
    return answer;
  }

  private static void close(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Nothing is kept of it.
    }
  }

  private static boolean good(Question question, String answer) {
    return switch (question.protocol()) {
      case TCP -> true;
      case HTTP -> answer.matches("(?s)HTTP/1\\.[01] [123].*");
      case REDIS -> answer.startsWith("+PONG") || answer.startsWith("-NOAUTH");
    };
  }

  private static String request(String address, Question question) {
    return switch (question.protocol()) {
      case TCP -> "";
      case HTTP ->
          "GET "
              + question.path()
              + " HTTP/1.0\r\nHost: "
              + address
              + "\r\n"
              + "User-Agent: ordinal-drill\r\nConnection: close\r\n\r\n";
      case REDIS -> "PING\r\n";
    };
  }

  /** Connect, write, read until the first line is there. */
  private record Exchange(
      AsynchronousSocketChannel channel,
      String address,
      Question question,
      CompletableFuture<Boolean> answer) {
    void connect() {
      try {
        channel.connect(
            new InetSocketAddress(address, question.port()), null, then(this::connected));
      } catch (RuntimeException unusable) { // Such as an address that is none.
        answer.complete(false);
      }
    }

    private void connected(Void done) {
      String text = request(address, question);
      if (text.isEmpty()) {
        answer.complete(true);
        return;
      }
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      channel.write(bytes, null, then(written -> read(ByteBuffer.allocate(LONGEST_ANSWER))));
    }

    private void read(ByteBuffer into) {
      channel.read(into, null, then(count -> received(into, count)));
    }

    private void received(ByteBuffer into, int count) {
      String text = new String(into.array(), 0, into.position(), StandardCharsets.US_ASCII);
      boolean whole = count < 0 || text.contains("\r\n") || !into.hasRemaining();
      if (whole) answer.complete(good(question, text));
      else read(into);
    }

    private <T> CompletionHandler<T, Object> then(Consumer<T> next) {
      return new CompletionHandler<>() {
        @Override
        public void completed(T result, Object attachment) {
          try {
            next.accept(result);
          } catch (RuntimeException closedMeanwhile) {
            answer.complete(false);
          }
        }

        @Override
        public void failed(Throwable cause, Object attachment) {
          answer.complete(false);
        }
      };
    }
  }
}
