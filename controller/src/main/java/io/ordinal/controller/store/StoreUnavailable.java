package io.ordinal.controller.store;

/**
 * The store cannot answer now (no majority, shutting down); whether a write took effect may be
 * unknown. Try later.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
