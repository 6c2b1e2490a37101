package io.ordinal.cli;

import io.ordinal.cli.drill.DrillOutput;
import io.ordinal.controller.document.drill.DrillSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that all targets of a drill share. */
final class DrillOptions {
  private static final Map<String, String> WAYS =
      Map.of("graceful", "Graceful", "kill", "Kill", "freeze", "Freeze", "cutoff", "CutOff");

  @Option(
      names = "--way",
      paramLabel = "WAY",
      defaultValue = "kill",
      description = "graceful, kill, freeze or cut-off (default: ${DEFAULT-VALUE})")
  private String way;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "how long the fault lasts (default: ${DEFAULT-VALUE})")
  private String duration;

  @Option(
      names = "--set",
      paramLabel = "[NAMESPACE/]NAME",
      description = "a set to observe; may be repeated (default: all with a pod on the target)")
  private List<String> sets = List.of();

  @Option(
      names = "--probe",
      paramLabel = "PROBE",
      description = "ask every replica meanwhile: tcp:PORT, redis:PORT or http:PORT[/PATH]")
  private String probe;

  @Option(
      names = "--probe-interval",
      paramLabel = "DURATION",
      defaultValue = "200ms",
      description = "how often (default: ${DEFAULT-VALUE})")
  private String probeInterval;

  @Option(
      names = "--ready-for",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description =
          "how long all must have been ready before and after (default: ${DEFAULT-VALUE})")
  private String readyFor;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "for the whole drill (default: ${DEFAULT-VALUE})")
  private String timeout;

  @Option(names = "--allow-degraded", description = "go on although a replica is not ready")
  private boolean allowDegraded;

  @Option(
      names = "--allow-stranded",
      description = "go on although replicas on the target cannot move")
  private boolean allowStranded;

  @Option(names = "--name", paramLabel = "NAME", description = "of the Drill object")
  private String name;

  @Option(
      names = "--watch",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "follow the drill until its verdict (default); --no-watch only begins it")
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "form of the verdict: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private DrillOutput output;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask before the fault is injected")
  private boolean yes;

  @Option(names = "--dry-run", description = "only tell what would happen")
  private boolean dryRun;

  boolean watch() {
    return watch;
  }

  boolean yes() {
    return yes;
  }

  boolean dryRun() {
    return dryRun;
  }

  DrillOutput output() {
    return output;
  }

  /** The name of the object, or the beginning of one. */
  String name(String suggested) {
    if (name != null) return name;
    return suggested.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-") + "-";
  }

  DrillSpec spec(DrillSpec.Target target) {
    String word = WAYS.get(way.toLowerCase(Locale.ROOT).replace("-", ""));
    if (word == null) {
      throw new IllegalArgumentException(
          "--way is graceful, kill, freeze or cut-off, found " + way);
    }
    List<String> full =
        sets.stream().map(each -> each.contains("/") ? each : "default/" + each).toList();
    return new DrillSpec(
        target,
        word,
        duration,
        full.isEmpty() ? null : full,
        new DrillSpec.SteadyState(readyFor),
        allowDegraded,
        allowStranded,
        timeout,
        probe == null ? null : question(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private DrillSpec.Probe question() {
    if (!probe.matches("(tcp|redis):[0-9]{1,5}|http:[0-9]{1,5}(/.*)?")) {
      throw new IllegalArgumentException(
          "--probe is tcp:PORT, redis:PORT or http:PORT[/PATH], found " + probe);
    }
    String protocol = probe.substring(0, probe.indexOf(':'));
    String rest = probe.substring(protocol.length() + 1);
    int slash = rest.indexOf('/');
    int port = Integer.parseInt(slash < 0 ? rest : rest.substring(0, slash));
    DrillSpec.Port plain = new DrillSpec.Port(port);
    return new DrillSpec.Probe(
        protocol.equals("tcp") ? plain : null,
        protocol.equals("http")
            ? new DrillSpec.HttpPort(port, slash < 0 ? "/" : rest.substring(slash))
            : null,
        protocol.equals("redis") ? plain : null,
        probeInterval);
  }
}
