package io.ordinal.controller.document.drill;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** A rehearsal of a loss, as an API object. */
public record Drill(
    @JsonProperty("apiVersion") String apiVersion,
    @JsonProperty("kind") String kind,
    @JsonProperty("metadata") ObjectMeta metadata,
    @JsonProperty("spec") DrillSpec spec,
    @JsonProperty("status") DrillStatus status) {
  public static final String GROUP = "ordinal.io";
  public static final String API_VERSION = "ordinal.io/v1";
  public static final String KIND = "Drill";
  public static final String PLURAL = "drills";

  /** With the value {@code true} it ends a drill that runs, as {@code spec.abort} does. */
  public static final String ABORT_ANNOTATION = "ordinal.io/abort";

  /** Holds a drill that is being deleted until its fault is reverted. */
  public static final String FINALIZER = "ordinal.io/drill-revert";

  /** Names the drill whose schedule made this one. */
  public static final String SCHEDULED_BY = "ordinal.io/scheduled-by";
}
