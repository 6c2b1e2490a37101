package io.ordinal.bench;

import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A cluster of one in a temporary directory, run by the command as its user runs it. */
final class OneMember implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern ALLOCATED = Pattern.compile("allocated=(\\d+)([BKMG])");
  private static final Map<String, Double> MIB_IN =
      Map.of("B", 1.0 / (1 << 20), "K", 1.0 / (1 << 10), "M", 1.0, "G", 1024.0);
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux.

  private final String ordinal;
  private final DataDirectory directory;

  /**
   * @param ordinal path of the command
   */
  OneMember(String ordinal) throws IOException {
    this.ordinal = ordinal;
    this.directory = new DataDirectory(Files.createTempDirectory("ordinal-bench").resolve("data"));
  }

  void up() throws IOException, InterruptedException {
    run("up");
  }

  void down() throws IOException, InterruptedException {
    run("down");
  }

  DataDirectory directory() {
    return directory;
  }

  URI server() throws IOException {
    return URI.create(MemberSettings.load(directory.configuration()).apiUrl());
  }

  /** As the administrator. */
  SSLContext tls() throws Exception {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    Credentials credentials =
        Credentials.prepare(
            directory.pki(), settings.certificates(), Instant.now(), new SecureRandom());
    return Tls.context(credentials.admin(), credentials.authority());
  }

  double rssMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
    throw new IOException("no VmRSS of " + pid());
  }

  /** What its objects take after a collection. */
  double liveHeapMib() throws IOException, InterruptedException {
    String pid = Long.toString(pid());
    command("jcmd", pid, "GC.run");
    double kib = 0;
    for (String line : command("jcmd", pid, "GC.heap_info").split("\n")) {
      if (line.contains("Metaspace")) break;
      Matcher used = USED.matcher(line);
      if (used.find()) kib += Long.parseLong(used.group(1));
    }
    return kib / 1024;
  }

  /** What its live threads have allocated so far; of large figures the JVM tells whole MiB. */
  double allocatedMib() throws IOException, InterruptedException {
    String threads = command("jcmd", Long.toString(pid()), "Thread.print", "-e");
    double mib = 0;
    Matcher allocated = ALLOCATED.matcher(threads);
    while (allocated.find()) {
      mib += Long.parseLong(allocated.group(1)) * MIB_IN.get(allocated.group(2));
    }
    return mib;
  }

  private static String command(String... line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) throw new IOException(String.join(" ", line) + ": " + said);
    return said;
  }

  /** Since its start, on all processors. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private long pid() throws IOException {
    return directory.member().orElseThrow().process().pid();
  }

  /** Ends it and removes what it left. */
  @Override
  public void close() throws IOException, InterruptedException {
    run("down", "--wipe");
  }

  private void run(String command, String... more) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of(ordinal, command, "--data-dir", directory.path().toString()));
    line.addAll(List.of(more));
    int code = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (code != 0) throw new IllegalStateException(line + " exited with " + code);
  }
}
