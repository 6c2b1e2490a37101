package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.resource.PodChoice;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which pod of which cluster a command is about, and which of its containers. */
final class PodOptions {
  @Mixin private ClusterOption cluster;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(index = "0", paramLabel = "POD", description = "its name, or KIND/NAME")
  private String pod;

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "which of its containers (default: the only one, or the first)")
  private String container;

  /**
   * The pod that was found.
   *
   * @param path of its object in the API
   * @param containers all of it
   * @param container the one that is meant
   */
  record Found(ApiClient api, String path, List<String> containers, String container) {}

  /** Says which pod it is where a set was named. */
  Found find() throws IOException, InterruptedException {
    Connection connection = cluster.open();
    PodChoice choice =
        PodChoice.of(connection.api(), connection.catalog(), pod, connection.namespace());
    choice.remark().ifPresent(command.commandLine().getErr()::println);
    return new Found(
        connection.api(),
        choice.pod().path(connection.namespace()),
        choice.containers(),
        container == null ? choice.containers().get(0) : container);
  }
}
