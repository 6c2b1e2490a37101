package io.ordinal.agent.network;

import java.util.List;

/** Puts an address on an interface; run in a network namespace by its test. */
final class AddressMain {
  private AddressMain() {}

  public static void main(String[] arguments) throws Exception {
    PodInterface wire = new LinuxInterface(arguments[0], List.of("ip"));
    wire.add(arguments[1]);
    wire.add(arguments[1]);
    System.out.println("added");
  }
}
