package io.ordinal.controller.store;

/**
 * The queue of waiting transactions is full; this one was not accepted and has no effect. Answered
 * as 429.
 */
public final class StoreOverloaded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreOverloaded(String message) {
    super(message);
  }
}
