package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ordinal token}: lets machines join. */
@Command(
    name = "token",
    description = {
      "Make, list and delete the tokens with which machines join the cluster.",
      "A token for nodes never makes a controller. Whoever has a token for controllers gets the whole cluster."
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {
  private static final String PATH = "/ordinal/v1/tokens";
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** What a token lets a machine become. */
  enum Role {
    NODE,
    CONTROLLER
  }

  @Command(
      name = "create",
      description = "Make a token and print it. It is shown this once.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin DataDirOption data,
      @Option(
              names = "--role",
              defaultValue = "node",
              description = "node or controller (default: ${DEFAULT-VALUE})")
          Role role,
      @Option(
              names = "--ttl",
              paramLabel = "DURATION",
              defaultValue = "1h",
              description = "such as 30m, 12h, 7d; at most 30d (default: ${DEFAULT-VALUE})")
          String ttl,
      @Option(names = "--note", defaultValue = "", description = "for those who list the tokens")
          String note)
      throws Exception {
    ObjectNode body = Json.object();
    body.put("role", role.name().toLowerCase(Locale.ROOT));
    body.put("ttl", Durations.parse(ttl).toString());
    body.put("note", note);
    ObjectNode made = LocalCluster.of(data.directory()).api().post(PATH, body);
    print(made.required("token").asString());
    return 0;
  }

  @Command(
      name = "list",
      description = "List the tokens that are valid, without their secrets.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataDirOption data) throws Exception {
    ApiClient api = LocalCluster.of(data.directory()).api();
    print("%-10s %-12s %-22s %s".formatted("ID", "ROLE", "EXPIRES", "NOTE"));
    for (JsonNode each : api.get(PATH).orElseThrow().path("tokens")) {
      print(
          "%-10s %-12s %-22.19s %s"
              .formatted(
                  each.path("id").asString(),
                  each.path("role").asString(),
                  each.path("expires").asString(),
                  each.path("note").asString()));
    }
    return 0;
  }

  @Command(
      name = "delete",
      description = "Delete a token; nobody can join with it any more. Who has joined stays.",
      mixinStandardHelpOptions = true)
  int delete(
      @Mixin DataDirOption data,
      @Parameters(paramLabel = "ID", description = "as ordinal token list shows it") String id)
      throws Exception {
    LocalCluster.of(data.directory()).api().delete(PATH + "/" + id);
    print("deleted token " + id);
    return 0;
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
