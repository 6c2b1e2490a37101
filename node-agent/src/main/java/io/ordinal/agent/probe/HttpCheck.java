package io.ordinal.agent.probe;

import io.ordinal.agent.probe.Prober.Answer;
import io.ordinal.protocol.agent.ProbeOrder.Check.HttpGet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Asks over HTTP: healthy is a status from 200 to 399, whatever the body. Certificates are not
 * looked at, as in Kubernetes: the question is whether the process answers, not who it is.
 */
final class HttpCheck {
  private static final String HOST_IS_SETTABLE = "jdk.httpclient.allowRestrictedHeaders";
  private static final String LATE = "context deadline exceeded while awaiting an answer";
  private static final int FIRST_GOOD = 200;
  private static final int FIRST_BAD = 400;

  private final HttpClient client;

  HttpCheck() {
    // A probe may name its own Host header; the JDK's client must be told before its first use.
    if (System.getProperty(HOST_IS_SETTABLE) == null) System.setProperty(HOST_IS_SETTABLE, "host");
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(AnyCertificate.sslContext())
            .build();
  }

  CompletionStage<Answer> ask(HttpGet check, String host, Duration timeout) {
    URI uri = uriOf(check, host);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).GET();
    request.setHeader("User-Agent", "kube-probe/ordinal");
    request.setHeader("Accept", "*/*");
    check.headers().forEach(request::setHeader);
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request.build(), response -> new NoBody());
    CompletableFuture<Answer> answer =
        sent.thenApply(response -> judge(response.statusCode()))
            .exceptionally(failure -> failed(uri, reasonOf(failure)));
    answer.whenComplete((any, failure) -> sent.cancel(true));
    return answer.completeOnTimeout(failed(uri, LATE), timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The client has a clock of its own, which may be the first to say that it is late. */
  private static String reasonOf(Throwable failure) {
    boolean late = failure.getCause() instanceof HttpTimeoutException;
    return late ? LATE : NetworkProber.reasonOf(failure);
  }

  private static Answer failed(URI uri, String why) {
    return Answer.failed("Get \"" + uri + "\": " + why);
  }

  private static Answer judge(int status) {
    if (status >= FIRST_GOOD && status < FIRST_BAD) return Answer.PASSED;
    return Answer.failed("HTTP probe failed with statuscode: " + status);
  }

  private static URI uriOf(HttpGet check, String host) {
    String scheme = check.scheme().isEmpty() ? "http" : check.scheme().toLowerCase(Locale.ROOT);
    String path = check.path().startsWith("/") ? check.path() : "/" + check.path();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + literal + ":" + check.port() + path);
  }

  /** The status is all that matters: the rest of an answer, however long, is not read. */
  private static final class NoBody implements HttpResponse.BodySubscriber<Void> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
      done.complete(null);
    }

    @Override
    public void onNext(java.util.List<java.nio.ByteBuffer> item) {
      // Cancelled.
    }

    @Override
    public void onError(Throwable failure) {
      done.complete(null);
    }

    @Override
    public void onComplete() {
      done.complete(null);
    }
  }
}
