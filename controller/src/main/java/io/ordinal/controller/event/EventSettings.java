package io.ordinal.controller.event;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
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
  private static final Section OURS = new Section("ordinal.events");

  public EventSettings {
    OURS.positive("queue", queue);
    OURS.positive("flush", flush);
    OURS.positive("batch", batch);
    OURS.positive("remembered", remembered);
    OURS.positive("burst", burst);
    OURS.positive("refill", refill);
    OURS.positive("keep", keep);
    OURS.positive("expiry", expiry);
    OURS.positive("expiry-batch", expiryBatch);
    OURS.atMost("batch", batch, "queue", queue);
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
}
