package io.ordinal.controller.plan;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedClock {
  static String now() {
    System.out.println(System.getenv("HOME"));
    if (System.nanoTime() == 0) System.exit(1);
    return java.time.Instant.now() + io.ordinal.controller.document.Json.object().toString();
  }
}
