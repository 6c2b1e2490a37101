package io.ordinal.controller.api.connection;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.connections}.
 *
 * @param most connections at once
 * @param handshakes of TLS that are worked on at once
 * @param handshake how long a client may take from connecting to the end of the handshake of TLS,
 *     its wait for others included
 * @param head how long a client may take from connecting to the end of its first request's head,
 *     and from the beginning to the end of each other head
 * @param rest how long a connection may stay open with nothing asked
 * @param stall how long a client may take nothing of what is sent to it
 * @param farewell how long a client may keep a connection over which nothing more is said to it
 */
public record ConnectionSettings(
    int most,
    int handshakes,
    Duration handshake,
    Duration head,
    Duration rest,
    Duration stall,
    Duration farewell) {
  private static final Section OURS = new Section("ordinal.api.connections");

  public ConnectionSettings {
    OURS.positive("most", most);
    OURS.positive("handshakes", handshakes);
    OURS.positive("handshake", handshake);
    OURS.positive("head", head);
    OURS.positive("rest", rest);
    OURS.positive("stall", stall);
    OURS.positive("farewell", farewell);
  }

  /**
   * @param config of {@code ordinal.api.connections}
   * @param heapBytes how large the heap may become
   * @param files how many this process may have open
   */
  public static ConnectionSettings from(Config config, long heapBytes, long files, int processors) {
    long bytesEach = config.getBytes("bytes-each");
    double ofHeap = config.getDouble("share-of-heap");
    double ofFiles = config.getDouble("share-of-files");
    double ofProcessors = config.getDouble("share-of-processors");
    OURS.positive("bytes-each", bytesEach);
    OURS.share("share-of-heap", ofHeap);
    OURS.share("share-of-files", ofFiles);
    OURS.share("share-of-processors", ofProcessors);
    long inHeap = (long) (heapBytes * ofHeap / bytesEach);
    long open = (long) (files * ofFiles);
    long fit = Math.max(1, Math.min(inHeap, open));
    return new ConnectionSettings(
        (int) Math.min(config.getInt("most"), fit),
        (int) Math.max(1, processors * ofProcessors),
        config.getDuration("handshake"),
        config.getDuration("head"),
        config.getDuration("rest"),
        config.getDuration("stall"),
        config.getDuration("farewell"));
  }
}
