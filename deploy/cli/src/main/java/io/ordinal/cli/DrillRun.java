package io.ordinal.cli;

import io.ordinal.cli.drill.DrillClient;
import io.ordinal.cli.drill.DrillFollow;
import io.ordinal.cli.drill.DrillForecast;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.document.drill.DrillVerdict;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;

/** One drill from the question whether it is meant to its verdict. */
final class DrillRun implements Callable<Integer> {
  private static final int REFUSED = 3;
  private static final int ABORTED = 4;

  private final DrillClient client;
  private final CommandLine line;
  private final DrillOptions options;
  private final DrillSpec spec;
  private final String name;
  private final AtomicBoolean done = new AtomicBoolean();

  DrillRun(
      DrillClient client, CommandLine line, DrillOptions options, DrillSpec spec, String target) {
    this.client = client;
    this.line = line;
    this.options = options;
    this.spec = spec;
    this.name = options.name(target);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter told = line.getErr(); // Standard output is the verdict's.
    if (options.dryRun() || !options.yes()) {
      DrillClient.Seen forecast = forecast();
      told.print(DrillForecast.of(forecast));
      told.flush();
      if (options.dryRun() || forecast.status().verdict() == DrillVerdict.REFUSED) {
        return code(forecast.status().verdict());
      }
      if (!agreed()) return ABORTED;
    }
    DrillClient.Seen drill = client.create(name, spec);
    told.println("drill.ordinal.io/" + drill.name() + " created");
    told.flush();
    if (!options.watch()) return CommandLine.ExitCode.OK;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(drill.name()), "abort"));
    Optional<DrillClient.Seen> end =
        new DrillFollow(client, told, System.console() != null).untilDone(drill.name());
    done.set(true);
    if (end.isEmpty()) {
      told.println("the drill " + drill.name() + " was deleted meanwhile; its fault is taken back");
      return ABORTED;
    }
    line.getOut().print(options.output().of(end.get()));
    line.getOut().flush();
    return code(end.get().status().verdict());
  }

  /** Asks the controllers, so that it is what they would do. */
  private DrillClient.Seen forecast() throws IOException, InterruptedException {
    DrillClient.Seen dry = client.create("forecast-", dry(spec));
    try {
      Optional<DrillClient.Seen> seen = Optional.of(dry);
      while (seen.isPresent() && seen.get().status().phase() != DrillPhase.DONE) {
        Thread.sleep(100);
        seen = client.get(dry.name());
      }
      return seen.orElseThrow(() -> new IOException("the forecast was deleted meanwhile"));
    } finally {
      client.delete(dry.name());
    }
  }

  private static DrillSpec dry(DrillSpec spec) {
    return new DrillSpec(
        spec.target(),
        spec.way(),
        spec.duration(),
        spec.sets(),
        spec.steadyState(),
        spec.allowDegraded(),
        spec.allowStranded(),
        spec.timeout(),
        null,
        true,
        null,
        null,
        null,
        null,
        null);
  }

  private boolean agreed() {
    Console console = System.console();
    if (console == null) {
      throw new IllegalArgumentException(
          "this injects a fault; say --yes where nobody can be asked");
    }
    String answer = console.readLine("Inject this fault? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** Ctrl-C: the drill goes on only if somebody at a terminal says so. */
  private void interrupted(String drill) {
    if (done.get()) return;
    Console console = System.console();
    if (console != null) {
      String answer =
          console.readLine("%nAbort the drill %s and take its fault back? [Y/n] ", drill);
      if (answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("n")) {
        console.printf("the drill goes on; end it with: ordinal drill abort %s%n", drill);
        return;
      }
    }
    PrintWriter told = line.getErr();
    try {
      client.abort(drill);
      told.println("the drill is being aborted");
      new DrillFollow(client, told, false).untilDone(drill);
    } catch (IOException | InterruptedException e) {
      told.println("could not abort: " + e.getMessage() + "; the fault ends by itself");
    }
    told.flush();
  }

  private static int code(DrillVerdict verdict) {
    return switch (verdict) {
      case PASSED, FEASIBLE -> CommandLine.ExitCode.OK;
      case FAILED -> CommandLine.ExitCode.SOFTWARE;
      case REFUSED -> REFUSED;
      case ABORTED -> ABORTED;
    };
  }
}
