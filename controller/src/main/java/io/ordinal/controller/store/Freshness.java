package io.ordinal.controller.store;

/** How new a read must be. */
public enum Freshness {
  /** Sees every write that was acknowledged before the read began, anywhere. */
  LINEARIZABLE,
  /** Whatever this controller has applied. */
  LOCAL
}
