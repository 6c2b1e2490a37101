package io.ordinal.agent.host;

import io.ordinal.agent.driver.Driver;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has, by what its kernel and its files say. Reading blocks; done by boot. */
public final class MachineInventory {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path OS_RELEASE = Path.of("/etc/os-release");
  private static final Path MACHINE_ID = Path.of("/etc/machine-id");

  /** For root only. */
  private static final Path SYSTEM_UUID = Path.of("/sys/class/dmi/id/product_uuid");

  private static final int BYTES_PER_KIBIBYTE = 1024;

  /** From the jar's manifest; classes of a build that was not packaged have none. */
  private static final String VERSION =
      Optional.ofNullable(MachineInventory.class.getPackage().getImplementationVersion())
          .orElse("dev");

  private MachineInventory() {}

  /**
   * @param directory on the disk that volumes are on
   * @param driver what it found out is told too
   * @param drills whether drills may do anything here, which is told as the fact {@code drills}
   */
  public static NodeInventory read(
      NodeName node, String address, int pods, Path directory, Driver driver, boolean drills)
      throws IOException {
    Map<String, String> capacity = new LinkedHashMap<>();
    capacity.put("cpu", Integer.toString(Runtime.getRuntime().availableProcessors()));
    memory().ifPresent(kibibytes -> capacity.put("memory", kibibytes + "Ki"));
    capacity.put("pods", Integer.toString(pods));
    long disk = Files.getFileStore(directory).getTotalSpace() / BYTES_PER_KIBIBYTE;
    capacity.put("ephemeral-storage", disk + "Ki");
    return new NodeInventory(address, capacity, labels(node), facts(driver, drills));
  }

  private static Map<String, String> labels(NodeName node) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("kubernetes.io/hostname", node.value());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", architecture());
    return labels;
  }

  private static Map<String, String> facts(Driver driver, boolean drills) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>(driver.traits());
    facts.put("drills", Boolean.toString(drills));
    facts.put("containerRuntimeVersion", driver.name() + "://" + VERSION);
    facts.put("kubeletVersion", "ordinal-" + VERSION);
    facts.put("operatingSystem", "linux");
    facts.put("architecture", architecture());
    facts.put("kernelVersion", System.getProperty("os.version"));
    facts.put("osImage", valueIn(OS_RELEASE, "PRETTY_NAME=").orElse("Linux").replace("\"", ""));
    valueIn(MACHINE_ID, "").ifPresent(id -> facts.put("machineID", id));
    valueIn(SYSTEM_UUID, "").ifPresent(id -> facts.put("systemUUID", id));
    return facts;
  }

  /** As Go and Kubernetes name it. */
  private static String architecture() {
    String jvms = System.getProperty("os.arch");
    return switch (jvms) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> jvms;
    };
  }

  private static Optional<String> memory() throws IOException {
    return valueIn(MEMORY, "MemTotal:").map(text -> text.strip().replace(" kB", ""));
  }

  private static Optional<String> valueIn(Path file, String prefix) throws IOException {
    if (!Files.isReadable(file)) return Optional.empty();
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .findFirst();
    }
  }
}
