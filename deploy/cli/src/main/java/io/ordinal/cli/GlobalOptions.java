package io.ordinal.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * Options that may stand before the command too: {@code ordinal -n shop get pods}. Behind it they
 * count more. Commands that have no use for one ignore it, as with kubectl.
 */
final class GlobalOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "of the member that the command is about; before the command or behind it")
  private String dataDirectory;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "how a command about objects reaches the cluster; before it or behind it")
  private String kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "of the objects that the command is about; before it or behind it")
  private String namespace;

  /** The first argument that is neither one of these options nor the value of one. */
  static Optional<String> command(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].startsWith("-")) return Optional.of(arguments[i]);
      if (List.of("--data-dir", "--kubeconfig", "-n", "--namespace").contains(arguments[i])) i++;
    }
    return Optional.empty();
  }

  /**
   * What stands before the command, for its own option of that name.
   *
   * @return null for none, as picocli has it
   */
  String defaultOf(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.command().parent() == null) return null;
    return switch (option.longestName()) {
      case "--data-dir" -> dataDirectory;
      case "--kubeconfig" -> kubeconfig;
      case "--namespace" -> namespace;
      default -> null;
    };
  }
}
