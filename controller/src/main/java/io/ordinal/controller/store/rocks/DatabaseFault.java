package io.ordinal.controller.store.rocks;

/**
 * The database is damaged or the disk fails. Never retried: the member must stop, and its state be
 * repaired or fetched anew.
 */
public final class DatabaseFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseFault(String message, Throwable cause) {
    super(message, cause);
  }
}
