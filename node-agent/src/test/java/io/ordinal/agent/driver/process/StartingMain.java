package io.ordinal.agent.driver.process;

import java.nio.file.Path;
import java.time.Duration;

/** A JVM that starts a run and then waits to be killed. */
final class StartingMain {
  private StartingMain() {}

  /**
   * @param arguments state directory, whether fenced, script
   */
  public static void main(String[] arguments) throws Exception {
    Bench bench = new Bench(Path.of(arguments[0]), "ordinal.agent.process.deadline-step = 500ms");
    boolean fenced = Boolean.parseBoolean(arguments[1]);
    System.out.println(bench.start(Bench.spec("a", fenced, arguments[2])).pid());
    Thread.sleep(Duration.ofMinutes(5).toMillis());
  }
}
