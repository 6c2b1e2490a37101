package io.ordinal.agent.probe;

import io.ordinal.agent.driver.Driver;
import io.ordinal.protocol.agent.ProbeOrder.Check;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Asks over the machine's network, and runs commands through the driver. */
public final class NetworkProber implements Prober {
  private static final int TIMED_OUT = 124; // As Driver.ExecResult says.

  private final Driver driver;
  private final HttpCheck http = new HttpCheck();
  private final TcpCheck tcp = new TcpCheck();

  public NetworkProber(Driver driver) {
    this.driver = driver;
  }

  @Override
  public CompletionStage<Answer> ask(Check check, Target target, Duration timeout) {
    return answering(() -> check.match(new Asking(target, timeout)));
  }

  /** What goes wrong while asking is a bad answer, thrown or not. */
  static CompletionStage<Answer> answering(Supplier<CompletionStage<Answer>> question) {
    return CompletableFuture.completedFuture(question)
        .thenCompose(Supplier::get)
        .exceptionally(failure -> Answer.failed(reasonOf(failure)));
  }

  private final class Asking implements Check.Cases<CompletionStage<Answer>> {
    private final Target target;
    private final Duration timeout;

    private Asking(Target target, Duration timeout) {
      this.target = target;
      this.timeout = timeout;
    }

    @Override
    public CompletionStage<Answer> exec(Check.Exec check) {
      return driver.exec(target.run(), check.command(), timeout).thenApply(this::answer);
    }

    private Answer answer(Driver.ExecResult result) {
      if (result.exitCode() == 0) return Answer.PASSED;
      if (result.exitCode() == TIMED_OUT) {
        return Answer.failed("command timed out after " + timeout.toMillis() + " ms");
      }
      return Answer.failed(result.output());
    }

    @Override
    public CompletionStage<Answer> httpGet(Check.HttpGet check) {
      return http.ask(check, hostOr(check.host()), timeout);
    }

    @Override
    public CompletionStage<Answer> tcpSocket(Check.TcpSocket check) {
      return tcp.ask(hostOr(check.host()), check.port(), timeout);
    }

    private String hostOr(String host) {
      return host.isEmpty() ? target.address() : host;
    }
  }

  static String reasonOf(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage();
    if (message == null && cause instanceof ConnectException) return "connection refused";
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
