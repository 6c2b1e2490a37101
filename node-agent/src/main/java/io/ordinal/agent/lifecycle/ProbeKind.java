package io.ordinal.agent.lifecycle;

/** What a probe's answer decides. */
public enum ProbeKind {
  /** Until it passes, the others are not asked. */
  STARTUP("Startup"),
  READINESS("Readiness"),
  /** When it fails, the container is restarted. */
  LIVENESS("Liveness");

  private final String title;

  ProbeKind(String title) {
    this.title = title;
  }

  /** As events begin. */
  String title() {
    return title;
  }
}
