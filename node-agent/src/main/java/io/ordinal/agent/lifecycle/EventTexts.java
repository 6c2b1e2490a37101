package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import java.time.Duration;

/** Events and messages in the words of Kubernetes' kubelet, which people and scripts know. */
final class EventTexts {
  private EventTexts() {}

  static void refused(Turn turn, ContainerOrder container, Fact.Refused fact) {
    String name = container.name();
    if (fact.reason().startsWith("ErrImage")) {
      String text = "Failed to pull image \"%s\": %s".formatted(container.image(), fact.message());
      turn.warn(name, "Failed", text);
      turn.warn(name, "Failed", "Error: " + fact.reason());
    } else if (fact.reason().equals("FailedMount")) {
      turn.warn(name, "FailedMount", fact.message());
    } else {
      turn.warn(name, "Failed", "Error: " + fact.message());
    }
  }

  static void backOff(Turn turn, ContainerOrder container) {
    turn.warn(
        container.name(),
        "BackOff",
        "Back-off restarting failed container "
            + container.name()
            + " in pod "
            + podOf(turn.life()));
  }

  static String crashLoop(LifeOrder life, ContainerOrder container, Duration pause) {
    return "back-off %s restarting failed container=%s pod=%s"
        .formatted(asGoPrints(pause), container.name(), podOf(life));
  }

  static void unhealthy(Turn turn, ContainerOrder container, Fact.Checked fact) {
    String text = "%s probe failed: %s".formatted(fact.kind().title(), fact.message());
    turn.warn(container.name(), "Unhealthy", text);
  }

  static void willRestart(Turn turn, ContainerOrder container, ProbeKind kind) {
    String text =
        "Container %s failed %s probe, will be restarted"
            .formatted(container.name(), kind.title().toLowerCase(java.util.Locale.ROOT));
    turn.tell(container.name(), "Killing", text);
  }

  private static String podOf(LifeOrder life) {
    return "%s_%s(%s)".formatted(life.replica().name(), life.replica().namespace(), life.podUid());
  }

  private static String asGoPrints(Duration pause) {
    long minutes = pause.toMinutes();
    return minutes == 0 ? pause.toSeconds() + "s" : minutes + "m" + pause.toSecondsPart() + "s";
  }
}
