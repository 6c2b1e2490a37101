package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.model.TimeSpan;
import java.time.Duration;

/**
 * What a probing client asks every replica again and again.
 *
 * @param path of HTTP only
 */
public record Question(Protocol protocol, int port, String path, Duration interval) {
  public enum Protocol {
    /** Connects. */
    TCP,
    /** GET; an answer below 400 counts. */
    HTTP,
    /** PING; a PONG counts, and so does the wish for a password. */
    REDIS
  }

  static Question of(DrillSpec.Probe probe) {
    Duration interval = TimeSpan.parse(probe.interval());
    if (probe.tcp() != null) return new Question(Protocol.TCP, probe.tcp().port(), "", interval);
    if (probe.redis() != null) {
      return new Question(Protocol.REDIS, probe.redis().port(), "", interval);
    }
    if (probe.http() != null) {
      return new Question(Protocol.HTTP, probe.http().port(), probe.http().path(), interval);
    }
    throw new IllegalArgumentException("a probe needs one of tcp, http and redis");
  }
}
