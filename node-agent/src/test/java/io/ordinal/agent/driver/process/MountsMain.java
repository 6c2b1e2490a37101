package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.Driver.ExecResult;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts a run with every kind of mount and prints what it sees. */
final class MountsMain {
  static final String SCRIPT =
      String.join(
          "\n",
          "cat /ordinal-data/greeting",
          "touch /ordinal-data/written && echo wrote",
          "touch /ordinal-config/written || echo read-only",
          "cat /etc/ordinal-test/app.conf",
          "cat /ordinal-data/inner/deep",
          "echo $ORDINAL_VOLUME_DATA $ORDINAL_VOLUME_CONFIG_MAP",
          "echo process $(readlink /proc/self/ns/pid | cut -c1-4) $$$$",
          "hostname; getent hosts a",
          "ls /etc/hostname /usr/bin/env",
          "grep CapEff /proc/self/status",
          "id -u",
          "exec sleep 1000");

  private MountsMain() {}

  /**
   * @param arguments state directory
   */
  public static void main(String[] arguments) throws Exception {
    try (Bench bench = new Bench(Path.of(arguments[0]))) {
      System.out.println(bench.driver.traits());
      System.out.println(look(bench));
    }
  }

  static String look(Bench bench) throws Exception {
    Path data = Files.createDirectories(bench.state.resolve("data"));
    Files.writeString(data.resolve("greeting"), "hello\n");
    Path config = Files.createDirectories(bench.state.resolve("con fig"));
    Files.writeString(config.resolve("app.conf"), "a = b\n");
    Path inner = Files.createDirectories(bench.state.resolve("inner"));
    Files.writeString(inner.resolve("deep"), "deep\n");
    LaunchSpec spec =
        Bench.spec(
            "a",
            SCRIPT,
            new Mount("data", data, "/ordinal-data", false),
            new Mount("config-map", config, "/ordinal-config", true),
            new Mount("config-map", config.resolve("app.conf"), "/etc/ordinal-test/app.conf", true),
            new Mount("inner", inner, "/ordinal-data/inner", false));
    bench.start(spec);
    long patience = System.nanoTime() + Bench.PATIENCE.toNanos();
    while (!bench.log("a").matches("(?s).*CapEff.*\n\\d+\n") && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    List<String> command =
        List.of("sh", "-c", "cat /ordinal-data/greeting; hostname; id -u; ps ax | wc -l");
    ExecResult result = Bench.await(bench.driver.exec(Bench.run("a"), command, Bench.PATIENCE));
    return bench.log("a") + "exec " + result.exitCode() + "\n" + result.output();
  }
}
