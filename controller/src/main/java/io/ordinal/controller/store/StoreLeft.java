package io.ordinal.controller.store;

/** This copy of the store was taken out of its group, and will not be a member again. */
public final class StoreLeft extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreLeft(String message) {
    super(message);
  }
}
