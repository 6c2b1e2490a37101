package io.ordinal.agent.probe;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.protocol.agent.ProbeOrder;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Puts one question to one run. The stage never fails: what goes wrong is a bad answer. */
public interface Prober {
  CompletionStage<Answer> ask(ProbeOrder.Check check, Target target, Duration timeout);

  /**
   * @param address of the pod; where a check names no host
   */
  record Target(ContainerRun run, String address) {}

  /**
   * @param message what a person should read of a failure
   */
  record Answer(boolean passed, String message) {
    static final Answer PASSED = new Answer(true, "");

    static Answer failed(String message) {
      return new Answer(false, message);
    }
  }
}
