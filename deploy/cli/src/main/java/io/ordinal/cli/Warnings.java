package io.ordinal.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Prints what a server warns of, each warning once, as kubectl does. */
final class Warnings implements Consumer<String> {
  private final PrintWriter out;
  private final Set<String> told = new HashSet<>();

  Warnings(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(String warning) {
    if (!told.add(warning)) return;
    out.println("Warning: " + warning);
    out.flush();
  }
}
