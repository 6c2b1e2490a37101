package io.ordinal.controller.store.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A member in a process of its own, to be frozen and killed. */
final class MemberProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private MemberProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  /** What runs in that process: a member that answers questions on its input. */
  public static void main(String[] arguments) throws Exception {
    StoreSettings settings = TestSettings.with("port = " + arguments[1]);
    RaftObjectStore store =
        RaftObjectStore.begin(settings, Path.of(arguments[0]), Optional.empty());
    System.out.println("ready");
    Map<String, Question> questions =
        Map.of(
            "leads", () -> store.leads(),
            "digest", () -> StoreMembers.await(store.group().digest()),
            "step-down", () -> StoreMembers.await(store.group().stepDown()));
    try (BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = asked.readLine(); line != null; line = asked.readLine())
        System.out.println("answer " + questions.get(line).answer());
    }
    store.close();
    System.exit(0);
  }

  private interface Question {
    Object answer();
  }

  static MemberProcess start(Path directory, int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
                "-cp",
                System.getProperty("java.class.path"),
                MemberProcess.class.getName(),
                directory.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    MemberProcess member = new MemberProcess(process);
    member.awaitLine("ready");
    return member;
  }

  private String awaitLine(String begin) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine())
      if (line.startsWith(begin)) return line;
    throw new IOException("the member ended before it said '" + begin + "'");
  }

  String ask(String question) throws IOException {
    process.getOutputStream().write((question + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    return awaitLine("answer ").substring("answer ".length());
  }

  /** By signal name, as the shell's kill takes it. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) throw new IOException("kill -" + name + " ended with " + code);
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
