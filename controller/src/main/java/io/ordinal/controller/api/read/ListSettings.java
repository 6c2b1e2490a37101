package io.ordinal.controller.api.read;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.lists}.
 *
 * @param gatheredBytes of documents at most, of a list that is held whole while it is sent
 * @param pieceBytes of documents that are read at once of a larger one
 * @param heldBytes what a larger one is taken to hold while it is sent
 * @param roomBytes what all lists that are being sent may hold together
 * @param longest that the state is kept for one list
 */
public record ListSettings(
    long gatheredBytes, long pieceBytes, long heldBytes, long roomBytes, Duration longest) {
  /** A piece is held as it was read and as it is sent, at the least. */
  private static final int COPIES = 2;

  private static final Section OURS = new Section("ordinal.api.lists");

  public ListSettings {
    OURS.positive("gathered", gatheredBytes);
    OURS.positive("piece", pieceBytes);
    OURS.positive("longest", longest);
  }

  /**
   * @param config of {@code ordinal.api.lists}
   * @param heapBytes of which lists may hold a share
   * @param objectBytes of the largest object
   */
  public static ListSettings from(Config config, long heapBytes, long objectBytes) {
    double share = config.getDouble("share-of-heap");
    OURS.share("share-of-heap", share);
    long piece = config.getBytes("piece");
    long held = COPIES * (piece + objectBytes); // The last object of a piece may go far beyond it.
    return new ListSettings(
        config.getBytes("gathered"),
        piece,
        held,
        Math.max(held, (long) (heapBytes * share)),
        config.getDuration("longest"));
  }
}
