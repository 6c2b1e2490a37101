package io.ordinal.agent.driver;

import java.util.List;

/**
 * A command to run beside the processes of a run.
 *
 * @param errors its standard error is read; otherwise it is dropped. Not with a terminal
 * @param tty it gets a terminal of this size; 0 columns for the terminal's own idea
 */
public record SessionSpec(
    List<String> command, boolean output, boolean errors, boolean tty, int columns, int rows) {}
