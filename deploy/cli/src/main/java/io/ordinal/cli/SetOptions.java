package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.resource.Rollouts;
import io.ordinal.cli.resource.Target;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which set of which cluster a command is about. */
final class SetOptions {
  @Mixin private ClusterOption cluster;

  @Parameters(arity = "1..2", paramLabel = "SET", description = "such as sts/web")
  private List<String> set;

  Rollouts rollouts() throws IOException, InterruptedException {
    Connection connection = cluster.open();
    Target target = Target.read(connection.catalog(), set).get(0);
    return new Rollouts(connection.api(), target, connection.namespace());
  }
}
