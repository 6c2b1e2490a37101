package io.ordinal.controller.set;

import java.util.Optional;

/**
 * How a step went.
 *
 * @param trouble why it was not done; empty when it was
 */
record StepResult(Optional<String> trouble) {
  static final StepResult DONE = new StepResult(Optional.empty());

  static StepResult troubled(String why) {
    return new StepResult(Optional.of(why));
  }
}
