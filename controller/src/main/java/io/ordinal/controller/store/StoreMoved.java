package io.ordinal.controller.store;

/**
 * The other members look for this copy of the store at another address than it is configured for.
 * Starting it again changes nothing.
 */
public final class StoreMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreMoved(String message) {
    super(message);
  }
}
