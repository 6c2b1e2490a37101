package io.ordinal.controller.replica;

/**
 * Whether a life ends with its session's lease, and what is to become of that. That a life is kept
 * counts as soon as it is committed, that it is fenced only once its node has acknowledged it.
 *
 * @param fenced what counts: it may begin elsewhere without its node's consent
 * @param wish what is wanted
 * @param basis number of the record that began the wish; 0 when the life began so
 * @param heard the basis of the last wish that the node has acknowledged
 */
public record Fence(boolean fenced, boolean wish, long basis, long heard) {
  public Fence {
    if (fenced && !wish) {
      throw new IllegalArgumentException("a life that is to be kept counts as fenced");
    }
  }

  /** Of a life that its node is told about so. */
  static Fence begun(boolean fenced) {
    return new Fence(fenced, fenced, 0, 0);
  }

  /**
   * After a change of mind.
   *
   * @param number of the record that it is written in
   */
  Fence wished(boolean wanted, long number) {
    return wanted == wish ? this : new Fence(fenced && wanted, wanted, number, heard);
  }

  /** After the node's word. One on an earlier wish is no answer, though it says the same. */
  Fence acknowledged(boolean says, long saysBasis) {
    if (settled() || says != wish || saysBasis < basis) return this;
    return new Fence(wish, wish, basis, basis);
  }

  /** Whether the node need not be told any more. */
  boolean settled() {
    return heard == basis;
  }
}
