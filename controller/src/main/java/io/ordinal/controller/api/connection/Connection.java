package io.ordinal.controller.api.connection;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/** One connection: what its stages tell of it, and a way to end it. Thread safe. */
final class Connection {
  private static final int SWITCHED = 101;
  private static final HttpHeader CLOSE =
      org.apache.pekko.http.javadsl.model.headers.Connection.create("close");

  /** Ends it: abruptly, with what is still to be sent, or not. */
  interface End {
    void now(boolean abruptly);
  }

  private final LongSupplier nanoTime;
  private final Pace pace;
  private Optional<End> end = Optional.empty();
  private Optional<Boolean> ended = Optional.empty();
  private volatile boolean last;

  /**
   * @param nanoTime monotonic
   */
  Connection(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.pace = new Pace(nanoTime.getAsLong());
  }

  Pace pace() {
    return pace;
  }

  synchronized void endsBy(End how) {
    end = Optional.of(how);
    ended.ifPresent(how::now);
  }

  synchronized void end(boolean abruptly) {
    ended = Optional.of(abruptly);
    end.ifPresent(how -> how.now(abruptly));
  }

  /** What is being answered is the last thing that is. */
  void beLast() {
    last = true;
  }

  void heard() {
    pace.heard(nanoTime.getAsLong());
  }

  void greeted() {
    pace.greeted();
  }

  /** Nothing more will be said over it. */
  void saidAll() {
    pace.saidAll(nanoTime.getAsLong());
  }

  void sending() {
    pace.sending(nanoTime.getAsLong());
  }

  void sent() {
    pace.sent(nanoTime.getAsLong());
  }

  HttpRequest asked(HttpRequest request) {
    pace.asked(nanoTime.getAsLong());
    return request;
  }

  /** The same answer, whose end is noticed. */
  HttpResponse answered(HttpResponse answer) {
    if (answer.status().intValue() == SWITCHED) return answer;
    HttpResponse told = last ? answer.addHeader(CLOSE) : answer;
    if (told.entity().isStrict()) {
      done();
      return told;
    }
    if (told.entity() instanceof HttpEntity.Default sized) {
      return told.withEntity(
          HttpEntities.create(
              sized.getContentType(),
              sized.getContentLength(),
              sized.getDataBytes().via(untilItsEnd())));
    }
    return told.transformEntityDataBytes(untilItsEnd());
  }

  private Flow<ByteString, ByteString, ?> untilItsEnd() {
    return Flow.of(ByteString.class)
        .watchTermination(
            (nothing, over) -> {
              over.whenComplete((done, failure) -> done());
              return nothing;
            });
  }

  private void done() {
    pace.answered(nanoTime.getAsLong());
  }
}
