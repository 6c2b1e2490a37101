package io.ordinal.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.StoreGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Another member of the measured group, in a process of its own with the same options. */
final class StoreBenchMember implements AutoCloseable {
  private final Process process;
  private final StoreGroup.Member member;

  private StoreBenchMember(Process process, StoreGroup.Member member) {
    this.process = process;
    this.member = member;
  }

  /** The process: a member of the group in the second argument, in the directory in the first. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    UUID self = OpenStore.joining(directory, UUID.fromString(arguments[1]));
    try (OpenStore store = OpenStore.begin(config(), directory, Optional.empty())) {
      System.out.println("member " + self + " " + store.address());
      while (System.in.read() >= 0) Thread.onSpinWait(); // Until the parent closes or dies.
    }
    System.exit(0);
  }

  /** As shipped, on any free port. */
  static Config config() {
    return ConfigFactory.load(ConfigFactory.parseString("ordinal.store.port = 0"));
  }

  static StoreBenchMember start(Path directory, UUID group) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(StoreBenchMember.class.getName(), directory.toString(), group.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("member"))
        return new StoreBenchMember(
            process, new StoreGroup.Member(UUID.fromString(words[1]), words[2]));
    }
    throw new IOException("the member in " + directory + " did not start");
  }

  StoreGroup.Member member() {
    return member;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
