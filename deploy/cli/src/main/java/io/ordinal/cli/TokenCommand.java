package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.controller.document.Json;
import io.ordinal.member.MemberSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
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

/** {@code ordinal token}: lets machines join, and changes what proves identities by tokens. */
@Command(
    name = "token",
    description = {
      "Make, list and delete the tokens with which machines join the cluster.",
      "Rotate changes the other tokens: the administrator's, and the key that signs those of accounts.",
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
    CONTROLLER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
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
              converter = Durations.class,
              description = "such as 30m, 12h, 7d; at most 30d (default: ${DEFAULT-VALUE})")
          Duration ttl,
      @Option(names = "--note", defaultValue = "", description = "for those who list the tokens")
          String note)
      throws Exception {
    ObjectNode body = Json.object();
    body.put("role", role.toString());
    body.put("ttl", ttl.toString());
    body.put("note", note);
    LocalCluster cluster = LocalCluster.of(data.directory());
    print(cluster.api().post(PATH, body).required("token").asString());
    if (cluster.settings().onLoopback()) warnOfLoopback(cluster.settings());
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
    try {
      LocalCluster.of(data.directory()).api().delete(PATH + "/" + id);
    } catch (ApiFailure refused) {
      if (refused.code() != 404) throw refused;
      throw new IOException("no token " + id + "; ordinal token list shows those there are");
    }
    print("deleted token " + id);
    return 0;
  }

  @Command(
      name = "rotate",
      description = {
        "Change the administrator's token, the key that signs tokens of service accounts, or both.",
        "Controllers know within ordinal.api.access.resync (10s), and write the new token to their files."
      },
      mixinStandardHelpOptions = true)
  int rotate(
      @Mixin DataDirOption data,
      @Option(names = "--admin", description = "another token of the administrator's")
          boolean admin,
      @Option(names = "--signing-key", description = "another key for tokens of service accounts")
          boolean key,
      @Option(
              names = "--accept-old-for",
              paramLabel = "DURATION",
              converter = Durations.class,
              description = {
                "how long tokens of the key before hold (default: until they expire)",
                "0s after a leak: pods that run are unauthorized until their tokens are refreshed, up to 5m"
              })
          Duration oldFor)
      throws Exception {
    if (!admin && !key) misuse("rotate", "expected --admin, --signing-key or both");
    if (oldFor != null && !key) misuse("rotate", "--accept-old-for is for --signing-key");
    ObjectNode body = Json.object().put("adminToken", admin).put("signingKey", key);
    if (oldFor != null) body.put("oldFor", oldFor.toString());
    ObjectNode done = LocalCluster.of(data.directory()).api().post("/ordinal/v1/rotations", body);
    if (key) {
      print(
          "tokens are signed by the key %.8s; those of the key before hold until %s"
              .formatted(done.path("signingKey").asString(""), done.path("oldUntil").asString("")));
    }
    if (admin) print("the administrator has another token: see the file admin-token");
    return 0;
  }

  /** On standard error: the output is the token. */
  private void warnOfLoopback(MemberSettings settings) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "Warning: this cluster listens on "
            + settings.address()
            + " only, where no other machine reaches it: only members on this one can join it, at "
            + URI.create(settings.apiUrl()).getAuthority());
    err.println(
        "  A cluster of machines begins with ordinal.member.address in the configuration of the first.");
    err.flush();
  }

  private void misuse(String command, String message) {
    throw new ParameterException(spec.commandLine().getSubcommands().get(command), message);
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
