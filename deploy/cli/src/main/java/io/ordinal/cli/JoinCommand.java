package io.ordinal.cli;

import io.ordinal.cli.up.Health;
import io.ordinal.cli.up.Launch;
import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.TokenText;
import io.ordinal.member.MemberPlace;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.join.Joining;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal join}: makes this machine a member of an existing cluster. */
@Command(
    name = "join",
    description = {
      "Make this machine a member of the cluster that a token is of (see: ordinal token create).",
      "The machine knows the cluster by the token before it says anything; its key never leaves it."
    },
    mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 6443;
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  /** What a machine is to do. */
  enum Role {
    NODE,
    CONTROLLER,
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Parameters(
      paramLabel = "ADDRESS",
      description = "any controller's API: host or host:port (default port: 6443)")
  private String address;

  @Option(
      names = "--token",
      required = true,
      paramLabel = "TOKEN",
      description = "what ordinal token create printed; - reads it from standard input")
  private String token;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "node",
      description = "node, controller or both (default: ${DEFAULT-VALUE})")
  private Role role;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the member's configuration where one is installed, such as /etc/ordinal/ordinal.conf;"
              + " nothing is started then")
  private Path config;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the member's name (default: the host's)")
  private String name;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "where the others reach this machine (default: towards ADDRESS)")
  private String own;

  @Option(
      names = "--drills",
      description =
          "let ordinal drill do harm to this machine on purpose, and undo it (default: on loopback addresses only)")
  private boolean drills;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    TokenText text = TokenText.parse(token.equals("-") ? standardInput() : token);
    URI server = server();
    MemberPlace place = place(server.getHost());
    DataDirectory directory = place.directory();
    Joining.Newcomer newcomer = newcomer(place);
    Joining.obstacle(directory, text, newcomer.role())
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    new Joining(text, server, new SecureRandom()).join(directory, newcomer, drills);
    out.println("joined the cluster of " + server.getAuthority());
    out.println("data directory: " + directory.path());
    if (config == null) {
      Process member = new Launch(directory).start();
      out.println("started the member (pid " + member.pid() + "); log: " + directory.log());
      out.flush();
      new Health(directory).await(member.toHandle(), PATIENCE);
      out.println("ready");
    } else {
      out.println("start it with: systemctl enable --now ordinal");
    }
    out.flush();
    return 0;
  }

  private Joining.Newcomer newcomer(MemberPlace place) {
    String chosen = name == null ? place.name() : name.toLowerCase(Locale.ROOT);
    return switch (role) {
      case NODE -> new Joining.Newcomer(chosen, place.address(), JoinRole.NODE, true);
      case CONTROLLER -> new Joining.Newcomer(chosen, place.address(), JoinRole.CONTROLLER, false);
      case BOTH -> new Joining.Newcomer(chosen, place.address(), JoinRole.CONTROLLER, true);
    };
  }

  private MemberPlace place(String controller) throws IOException {
    Optional<String> wanted = Optional.ofNullable(own);
    if (config != null) {
      data.directory(config); // Which must agree with the option.
      return MemberPlace.configured(config, controller, wanted);
    }
    return MemberPlace.prepared(data.directory(), controller, wanted, new SecureRandom());
  }

  private URI server() {
    String text = address.contains("://") ? address : "https://" + address;
    URI given;
    try {
      given = new URI(text);
    } catch (URISyntaxException wrong) {
      throw noAddress();
    }
    if (given.getHost() == null || !given.getScheme().equals("https")) throw noAddress();
    if (given.getPort() > HIGHEST_PORT || given.getPort() == 0) throw noAddress();
    return given.getPort() > 0 ? given : URI.create(text + ":" + USUAL_PORT);
  }

  private IllegalArgumentException noAddress() {
    return new IllegalArgumentException(
        "expected host or host:port with a port from 1 to 65535, found '" + address + "'");
  }

  /** A token in the arguments is seen by every user of the machine while the command runs. */
  private static String standardInput() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
  }
}
