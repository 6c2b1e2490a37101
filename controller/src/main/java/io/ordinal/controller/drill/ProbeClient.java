package io.ordinal.controller.drill;

import java.util.concurrent.CompletionStage;

/** Asks one question of one address. */
@FunctionalInterface
public interface ProbeClient {
  /** Whether a good answer came in time; never fails, never blocks. */
  CompletionStage<Boolean> ask(String address, Question question);
}
