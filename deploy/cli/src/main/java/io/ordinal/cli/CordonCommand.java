package io.ordinal.cli;

import picocli.CommandLine.Command;

/** {@code ordinal cordon}. */
@Command(
    name = "cordon",
    description = "Close a node for new pods; those that it has go on.",
    mixinStandardHelpOptions = true)
final class CordonCommand extends SchedulingCommand {
  CordonCommand() {
    super(true);
  }
}
