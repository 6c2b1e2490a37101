package io.ordinal.controller.api.cluster;

/** What a token lets a machine become. */
public enum JoinRole {
  /** Hosts workloads. */
  NODE("node"),
  /** Has a copy of the store, with the authority's key in it; may be a node besides. */
  CONTROLLER("controller");

  private final String word;

  JoinRole(String word) {
    this.word = word;
  }

  /** As it stands in requests and records. */
  public String word() {
    return word;
  }

  /**
   * @throws IllegalArgumentException when it is neither
   */
  public static JoinRole of(String word) {
    for (JoinRole each : values()) {
      if (each.word.equals(word)) return each;
    }
    throw new IllegalArgumentException("expected node or controller, found '" + word + "'");
  }

  /** Whether a token of this role is enough to become the other. */
  boolean covers(JoinRole wanted) {
    return switch (this) {
      case CONTROLLER -> true;
      case NODE -> wanted == NODE;
    };
  }
}
