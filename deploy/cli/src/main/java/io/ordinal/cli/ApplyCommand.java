package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.cli.client.Apply;
import io.ordinal.cli.client.BadManifest;
import io.ordinal.cli.client.Manifest;
import io.ordinal.cli.client.Manifests;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ordinal apply}. */
@Command(
    name = "apply",
    description = {
      "Create objects, or change what their manifests changed.",
      "Understands what kubectl apply left, and the other way round.",
      "Goes on after faulty objects; the exit code is 1 then.",
      "Such as: ordinal apply -f web.yaml"
    },
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "a manifest, a directory of them, or - for standard input; may be repeated")
  private List<String> files;

  @Option(
      names = "--dry-run",
      paramLabel = "server|client",
      arity = "0..1",
      fallbackValue = "server",
      description = "change nothing: let the server check everything, or only compare")
  private DryRun dryRun;

  @Option(
      names = "--server-side",
      description = "let the server merge, and keep account of who manages which fields")
  private boolean onServer;

  @Option(
      names = "--force-conflicts",
      description = "with --server-side: take over the fields that others manage")
  private boolean force;

  @Option(
      names = "--field-manager",
      paramLabel = "NAME",
      defaultValue = "kubectl",
      description =
          "with --server-side: who manages them (default: ${DEFAULT-VALUE}, so that both may be used)")
  private String manager;

  /** Who tries. */
  enum DryRun {
    SERVER,
    CLIENT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    String suffix() {
      return this == SERVER ? " (server dry run)" : " (dry run)";
    }
  }

  @Override
  public Integer call() throws Exception {
    if (force && !onServer) misuse("--force-conflicts is for --server-side");
    if (onServer && dryRun == DryRun.CLIENT) {
      misuse("--dry-run=client does not go with --server-side; --dry-run=server does");
    }
    Connection connection = cluster.open();
    List<Manifest> manifests = new ArrayList<>();
    int failures = 0;
    for (String file : files) {
      for (BadManifest each : Manifests.readable(file, manifests)) {
        ErrorLines.print(spec.commandLine(), "error: " + each.getMessage());
        failures++;
      }
    }
    Apply apply = new Apply(connection.api(), connection.namespace(), way());
    PrintWriter out = spec.commandLine().getOut();
    for (Manifest each : manifests) {
      try {
        Apply.Result result = apply.apply(each);
        result.warnings().forEach(this::warn);
        out.println(result.line() + (dryRun == null ? "" : dryRun.suffix()));
      } catch (ApiFailure refused) {
        ErrorLines.print(spec.commandLine(), refused.getMessage());
        failures++;
      } catch (BadManifest wrong) {
        ErrorLines.print(spec.commandLine(), "error: " + wrong.getMessage());
        failures++;
      }
    }
    out.flush();
    return failures == 0 ? 0 : 1;
  }

  private Apply.Way way() {
    Apply.Trial trial =
        dryRun == null
            ? Apply.Trial.NONE
            : dryRun == DryRun.SERVER ? Apply.Trial.SERVER : Apply.Trial.CLIENT;
    return onServer ? Apply.Way.onServer(manager, force, trial) : Apply.Way.byClient(trial);
  }

  private void warn(String warning) {
    spec.commandLine().getErr().println("Warning: " + warning);
  }

  private void misuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }
}
