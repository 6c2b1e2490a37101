package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.LifeOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One decision while it is being made: collects what to do and when to look again. */
final class Turn {
  private final LifeOrder life;
  private final LifecycleSettings settings;
  private final Instant now;
  private final List<LifeAction> actions = new ArrayList<>();
  private Optional<Instant> wakeAt = Optional.empty();

  Turn(LifeOrder life, LifecycleSettings settings, Instant now) {
    this.life = life;
    this.settings = settings;
    this.now = now;
  }

  LifeOrder life() {
    return life;
  }

  LifecycleSettings settings() {
    return settings;
  }

  Instant now() {
    return now;
  }

  boolean isDue(Instant when) {
    return !now.isBefore(when);
  }

  void act(LifeAction action) {
    actions.add(action);
  }

  void tell(String container, String reason, String message) {
    actions.add(new LifeAction.Tell(new AgentEvent(false, reason, message, container)));
  }

  void warn(String container, String reason, String message) {
    actions.add(new LifeAction.Tell(new AgentEvent(true, reason, message, container)));
  }

  void wakeAt(Instant when) {
    if (wakeAt.isEmpty() || when.isBefore(wakeAt.get())) wakeAt = Optional.of(when);
  }

  Step step(LifeState state) {
    return new Step(state, List.copyOf(actions), wakeAt);
  }
}
