package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.resource.OutputFormat;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ordinal version}. */
@Command(
    name = "version",
    description = "Print the versions of this command and of the cluster's API.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Option(names = "--client", description = "of this command only; asks no server")
  private boolean clientOnly;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "json or yaml (default: a line for each)")
  private Document format;

  /** The formats that show all there is. */
  enum Document {
    JSON(OutputFormat.JSON),
    YAML(OutputFormat.YAML);

    private final OutputFormat format;

    Document(OutputFormat format) {
      this.format = format;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws Exception {
    ObjectNode versions = Json.object();
    versions
        .putObject("clientVersion")
        .put("gitVersion", Version.own())
        .put("compiler", "javac")
        .put("platform", "java/" + Runtime.version());
    try {
      if (!clientOnly) server().ifPresent(found -> versions.set("serverVersion", found));
    } finally { // What is known without a server is told even if it does not answer.
      print(versions);
    }
    return 0;
  }

  private Optional<ObjectNode> server() throws IOException, InterruptedException {
    ApiClient api = cluster.open().api();
    return api.get("/version");
  }

  private void print(ObjectNode versions) {
    PrintWriter out = spec.commandLine().getOut();
    if (format != null) {
      out.print(format.format.print(versions));
    } else {
      out.println("Client Version: " + Version.own());
      String server = versions.path("serverVersion").path("gitVersion").asString("");
      if (!server.isEmpty()) out.println("Server Version: " + server);
    }
    out.flush();
  }
}
