package io.ordinal.cli;

import io.ordinal.cli.resource.ResourceType;
import io.ordinal.cli.resource.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ordinal api-resources}. */
@Command(
    name = "api-resources",
    description = "List the kinds of objects that the cluster serves, and what they may be called.",
    mixinStandardHelpOptions = true)
final class ApiResourcesCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"));
    for (ResourceType each : cluster.open().catalog().types()) {
      rows.add(
          List.of(
              each.plural(),
              String.join(",", each.shortNames()),
              each.apiVersion(),
              Boolean.toString(each.namespaced()),
              each.kind()));
    }
    new TextTable().lines(rows).forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
