package io.ordinal.tests.systemd;

import static org.awaitility.Awaitility.await;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Debian 12 that systemd booted, in namespaces of its own: a root file system of its own, no
 * network but loopback, no right to reboot the machine below it, and memory of its own where the
 * kernel has control groups of the first version for that. The clone is at {@code /src}.
 */
final class BootedMachine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory");
  private static final String PACKAGES =
      "systemd,systemd-sysv,dbus,udev,kmod,procps,iproute2,util-linux,openjdk-17-jre-headless";

  /** The machine's own /run, /tmp and control groups stay out of its sight. */
  private static final String BOOT =
      """
      for tree in unified systemd memory; do
        [ $tree = memory ] && [ ! -e /sys/fs/cgroup/memory/memory.limit_in_bytes ] && continue
        mkdir -p /sys/fs/cgroup/$tree/$1 && echo $$ >/sys/fs/cgroup/$tree/$1/cgroup.procs || exit 1
        [ $tree != memory ] || echo 3G >/sys/fs/cgroup/memory/$1/memory.limit_in_bytes || exit 1
      done
      mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /tmp || exit 1
      exec systemd-nspawn --quiet --boot --register=no --keep-unit --private-network --console=pipe \
        --drop-capability=CAP_SYS_BOOT --machine=$1 --directory=$2 --bind-ro=$3:/src --bind-ro=$4:/usr/bin/kubectl
      """;

  private final String name = "ordinal-" + ProcessHandle.current().pid();
  private final Path root;
  private final Path clone;
  private final Path console;
  private Optional<Process> nspawn = Optional.empty();

  /** Makes its file system; the downloaded one is kept for the next time. */
  BootedMachine(Path directory, Path clone) {
    this.root = directory.resolve(name);
    this.clone = clone;
    this.console = directory.resolve(name + ".console");
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    Path base = directory.resolve("bookworm");
    try {
      Files.createDirectories(directory);
      if (!Files.exists(base)) {
        Path half = directory.resolve("bookworm.half");
        run("rm", "-rf", half.toString());
        run(
            "debootstrap",
            "--variant=minbase",
            "--include=" + PACKAGES,
            "bookworm",
            half.toString());
        Files.move(half, base);
      }
      run("cp", "-a", base.toString(), root.toString());
      Files.writeString(root.resolve("etc/machine-id"), "");
      Files.writeString(root.resolve("etc/hostname"), "booted\n");
      Files.createDirectories(root.resolve("var/log/journal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why there can be none on this machine. */
  static Optional<String> obstacle() {
    if (!"root".equals(System.getProperty("user.name"))) return Optional.of("root is needed");
    if (Files.isDirectory(Path.of("/run/systemd/system"))) {
      return Optional.of("this machine has a systemd of its own, which must not hear of it");
    }
    if (!Files.isDirectory(Path.of("/sys/fs/cgroup/unified"))) {
      return Optional.of("hybrid control groups are needed");
    }
    for (String tool : List.of("debootstrap", "systemd-nspawn", "kubectl")) {
      if (Shell.run(Map.of(), PATIENCE, "", List.of("which", tool)).code() != 0) {
        return Optional.of("apt-get install debootstrap systemd-container kubernetes-client");
      }
    }
    return Optional.empty();
  }

  void boot() {
    List<String> command =
        List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            BOOT,
            "boot",
            name,
            root.toString(),
            clone.toString(),
            run("readlink", "-f", run("which", "kubectl").strip()).strip());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1");
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
    try {
      nspawn = Optional.of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> shell("systemctl is-system-running").out().matches("(running|degraded)\n"));
  }

  /** As an operator does it; returns when it is up again. */
  void reboot() {
    shell("systemctl reboot");
    await().atMost(Duration.ofMinutes(2)).until(() -> !nspawn.orElseThrow().isAlive());
    boot();
  }

  /** Runs a line of shell there, as root. */
  Shell.Result shell(String line) {
    List<String> command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(init())));
    command.addAll(List.of("-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w", "env", "-i"));
    command.addAll(List.of("HOME=/root", "KUBECONFIG=/var/lib/ordinal/kubeconfig"));
    command.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    command.addAll(List.of("sh", "-c", line));
    return Shell.run(Map.of(), PATIENCE, "", command);
  }

  /** How many processes the kernel ended for want of memory; empty where it is not limited. */
  Optional<Long> endedForWantOfMemory() {
    Path control = MEMORY.resolve(name).resolve("memory.oom_control");
    if (!Files.exists(control)) return Optional.empty();
    try (Stream<String> lines = Files.lines(control)) {
      return lines
          .filter(each -> each.startsWith("oom_kill "))
          .map(each -> Long.valueOf(each.substring("oom_kill ".length())))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of it. */
  Path file(String path) {
    return root.resolve(path);
  }

  private long init() {
    return nspawn
        .orElseThrow()
        .children()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("it is down; see " + console))
        .pid();
  }

  private static String run(String... command) {
    return Shell.run(Map.of(), PATIENCE, "", List.of(command)).ok();
  }

  /** A machine ends with its first process. */
  private void end() {
    nspawn.ifPresent(
        each -> {
          each.children().forEach(ProcessHandle::destroyForcibly);
          each.onExit().join();
        });
  }

  @Override
  public void close() {
    end();
    run("rm", "-rf", root.toString());
    for (String tree : List.of("unified", "systemd", "memory")) {
      String group = "/sys/fs/cgroup/" + tree + "/" + name;
      if (Files.exists(Path.of(group))) run("find", group, "-depth", "-type", "d", "-delete");
    }
  }
}
