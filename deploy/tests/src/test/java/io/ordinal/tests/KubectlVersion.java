package io.ordinal.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which kubectls this machine has: what they say has changed over the years. */
public final class KubectlVersion {
  private static final Pattern MINOR = Pattern.compile("\"minor\": *\"(\\d+)");
  private static final int RECENT = 27;
  private static final int DESCRIBED = 32;

  /** Debian's, as {@code deploy/bin/verify} unpacks it. */
  private static final Path DEBIANS =
      Cluster.CLONE.resolve("target/debian-kubectl/usr/bin").toAbsolutePath();

  private KubectlVersion() {}

  /** Whether what is on the path prints what kubectl has printed since 1.27. */
  public static boolean isRecent() {
    return minor("kubectl") >= RECENT;
  }

  /** Whether what is on the path is the one whose descriptions {@code ordinal describe} prints. */
  public static boolean isDescribed() {
    return minor("kubectl") == DESCRIBED;
  }

  /** Whether there is one that speaks SPDY only and checks objects by itself. */
  public static boolean hasOlder() {
    return older().isPresent();
  }

  /** A directory with such a one. */
  public static Optional<Path> older() {
    Stream<Path> directories =
        Stream.concat(
            Stream.of(DEBIANS), Stream.of(System.getenv("PATH").split(":")).map(Path::of));
    return directories
        .filter(each -> Files.isExecutable(each.resolve("kubectl")))
        .filter(each -> minor(each.resolve("kubectl").toString()) < RECENT)
        .findFirst();
  }

  private static int minor(String kubectl) {
    List<String> line = List.of(kubectl, "version", "--client", "-o", "json");
    String told = Shell.run(Map.of(), Duration.ofMinutes(1), "", line).ok();
    Matcher minor = MINOR.matcher(told);
    if (!minor.find()) throw new AssertionError(kubectl + " does not tell its version: " + told);
    return Integer.parseInt(minor.group(1));
  }
}
