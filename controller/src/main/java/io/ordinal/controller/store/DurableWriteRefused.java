package io.ordinal.controller.store;

/** What a durable actor decided on has moved; its state was not written, and it must read again. */
public final class DurableWriteRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DurableWriteRefused(String message) {
    super(message);
  }
}
