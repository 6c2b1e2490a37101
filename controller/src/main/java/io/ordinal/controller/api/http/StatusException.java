package io.ordinal.controller.api.http;

/**
 * A request is answered with this Status. Carries no stack trace: it is an answer, thrown because a
 * request passes many steps and stages, each of which may be its last.
 */
public final class StatusException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Status status;

  public StatusException(Status status) {
    super(status.message(), null, false, false);
    this.status = status;
  }

  public Status status() {
    return status;
  }
}
