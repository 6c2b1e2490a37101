package io.ordinal.controller.event;

/**
 * News about an object.
 *
 * @param about the object that it happened to
 * @param warning type Warning instead of Normal
 * @param component who says it, such as statefulset-controller, ordinal-agent
 * @param host the node it comes from, or empty
 */
public record EventNote(
    About about, boolean warning, String reason, String message, String component, String host) {

  /** An {@code involvedObject}. */
  public record About(
      String apiVersion,
      String kind,
      String namespace,
      String name,
      String uid,
      String fieldPath) {}
}
