package io.ordinal.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.StoreTls;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.MemberTls;
import io.ordinal.member.pki.Validity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A member of a store's group in a process of its own, with mutual TLS as between controllers. It
 * writes all the time, and says when it could not for long.
 */
final class ElectionMember implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /** A time without an acknowledged write, in milliseconds since 1970. */
  record Gap(long from, long to) {}

  private final Path directory;
  private final Path credentials;
  private final int port;
  private final List<Gap> gaps = new ArrayList<>();
  private Process process;
  private UUID self;
  private boolean writes;
  private boolean leads;

  ElectionMember(Path directory, Path credentials, int port) {
    this.directory = directory;
    this.credentials = credentials;
    this.port = port;
  }

  /** The process: directory of the store, of the credentials, port. */
  public static void main(String[] arguments) throws Exception {
    Config config =
        ConfigFactory.load(
            ConfigFactory.parseString("ordinal.store.port = " + Integer.parseInt(arguments[2])));
    Credentials held = Credentials.ofJoined(Path.of(arguments[1])).orElseThrow();
    StoreTls tls = new MemberTls(held, true).store();
    try (OpenStore store = OpenStore.begin(config, Path.of(arguments[0]), Optional.of(tls));
        var in = new InputStreamReader(System.in, StandardCharsets.UTF_8)) {
      new SteadyWriter(store).start();
      BufferedReader asked = new BufferedReader(in);
      for (String line = asked.readLine(); line != null; line = asked.readLine())
        add(store.group(), line.split(" "));
    }
    System.exit(0);
  }

  private static void add(StoreGroup group, String[] words) {
    group
        .add(new StoreGroup.Member(UUID.fromString(words[0]), words[1]))
        .whenComplete((done, failure) -> System.out.println("added " + (failure == null)));
  }

  /** Makes an authority and a certificate for all the members. */
  static void prepare(Path credentials) {
    Signer.Subject subject = new Signer.Subject("bench", true, List.of(LOOPBACK));
    Credentials.prepare(
        credentials,
        new Credentials.Wanted(
            subject, List.of(LOOPBACK), new Validity(Duration.ofDays(365), Duration.ofDays(30))),
        InstantSource.system().instant(),
        new SecureRandom());
  }

  /** Prepares the directory of one that is to join. */
  void join(UUID group) {
    self = OpenStore.joining(directory, group);
  }

  /** Starts the process; returns when a write of its own was acknowledged. */
  void start(Path log) throws IOException, InterruptedException {
    begin(log);
    awaitWrites();
  }

  /** Starts the process and returns at once. */
  void begin(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ElectionMember.class.getName(), directory.toString()));
    command.addAll(List.of(credentials.toString(), Integer.toString(port)));
    process = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    BufferedReader said = process.inputReader();
    Thread reader = new Thread(() -> said.lines().forEach(this::hear), "member-" + port);
    reader.setDaemon(true);
    reader.start();
  }

  private synchronized void hear(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "writes" -> writes = true;
      case "gap" -> gaps.add(new Gap(Long.parseLong(words[1]), Long.parseLong(words[2])));
      case "leads" -> leads = Boolean.parseBoolean(words[1]);
      case "group" -> group = UUID.fromString(words[1]);
      default -> System.err.println(line);
    }
    notifyAll();
  }

  private UUID group;

  synchronized UUID group() {
    return group;
  }

  synchronized void awaitWrites() throws InterruptedException {
    while (!writes && process.isAlive()) wait(100);
  }

  /** Has this member ask for another one to be added. */
  void add(ElectionMember other) throws IOException {
    String line = other.self + " " + LOOPBACK + ":" + other.port + "\n";
    process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  synchronized boolean leads() {
    return leads;
  }

  /** The gaps since this was last asked. */
  synchronized List<Gap> takeGaps() {
    List<Gap> taken = List.copyOf(gaps);
    gaps.clear();
    return taken;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    synchronized (this) {
      writes = false;
      leads = false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) kill();
  }
}
