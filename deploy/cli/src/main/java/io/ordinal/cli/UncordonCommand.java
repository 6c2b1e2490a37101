package io.ordinal.cli;

import picocli.CommandLine.Command;

/** {@code ordinal uncordon}. */
@Command(
    name = "uncordon",
    description = "Let a node take new pods again.",
    mixinStandardHelpOptions = true)
final class UncordonCommand extends SchedulingCommand {
  UncordonCommand() {
    super(false);
  }
}
