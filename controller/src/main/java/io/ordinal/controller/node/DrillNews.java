package io.ordinal.controller.node;

import io.ordinal.protocol.agent.FrontDoorRequest.Injected;

/** Who is told what the front door hears of drills' faults. */
@FunctionalInterface
public interface DrillNews {
  void injected(Injected report);
}
