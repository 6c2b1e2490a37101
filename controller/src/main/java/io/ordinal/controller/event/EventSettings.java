package io.ordinal.controller.event;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code ordinal.events}; see {@code reference.conf}.
 *
 * @param queue how much news may wait
 * @param flush how often what waits is written
 * @param batch most news written in one transaction
 * @param remembered how many events and objects are remembered for counting
 * @param burst how much news about one object is written at once
 * @param refill how often an object may have one more after that
 * @param keep how long an event stays after it last happened
 * @param expiry how often old events are looked for
 * @param expiryBatch most events removed in one transaction
 */
public record EventSettings(
    int queue,
    Duration flush,
    int batch,
    int remembered,
    int burst,
    Duration refill,
    Duration keep,
    Duration expiry,
    int expiryBatch) {
  public EventSettings {
    positive("queue", queue);
    positive("flush", flush.toNanos());
    positive("batch", batch);
    positive("remembered", remembered);
    positive("burst", burst);
    positive("refill", refill.toNanos());
    positive("keep", keep.toNanos());
    positive("expiry", expiry.toNanos());
    positive("expiry-batch", expiryBatch);
    if (batch > queue) {
      throw new IllegalArgumentException(
          "ordinal.events.batch (" + batch + ") must not exceed queue (" + queue + ")");
    }
  }

  /**
   * @param config the section {@code ordinal.events}
   */
  public static EventSettings of(Config config) {
    return new EventSettings(
        config.getInt("queue"),
        config.getDuration("flush"),
        config.getInt("batch"),
        config.getInt("remembered"),
        config.getInt("burst"),
        config.getDuration("refill"),
        config.getDuration("keep"),
        config.getDuration("expiry"),
        config.getInt("expiry-batch"));
  }

  private static void positive(String key, long value) {
    if (value < 1)
      throw new IllegalArgumentException("ordinal.events." + key + " must be positive");
  }
}
