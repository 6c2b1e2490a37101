package io.ordinal.agent.volume;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Orders for lives with one container named main. */
public final class Orders {
  static final VolumeSettings SETTINGS =
      new VolumeSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(1), 2048, Duration.ofSeconds(5), 3);

  private final String name;
  private final long incarnation;
  private final List<VolumeOrder> volumes = new ArrayList<>();
  private final List<MountOrder> mounts = new ArrayList<>();

  private String node = "n";
  private Optional<String> address = Optional.empty();

  private Orders(String name, long incarnation) {
    this.name = name;
    this.incarnation = incarnation;
  }

  /** A node that does everything at once. */
  static NodeVolumes node(Path state) {
    return node(state, SETTINGS);
  }

  static NodeVolumes node(Path state, VolumeSettings settings) {
    return new NodeVolumes(
        state, settings, Runnable::run, Runnable::run, InstantSource.system(), UUID::randomUUID);
  }

  public static Orders life(String name, long incarnation) {
    return new Orders(name, incarnation);
  }

  Orders with(VolumeOrder volume, MountOrder mount) {
    volumes.add(volume);
    mounts.add(mount);
    return this;
  }

  /** Another machine's; its state has an UUID of its own. */
  Orders on(String other) {
    node = other;
    return this;
  }

  /** With an address that the controllers chose. */
  public Orders at(String chosen) {
    address = Optional.of(chosen);
    return this;
  }

  public LifeOrder build() {
    ContainerOrder main =
        new ContainerOrder(
            "main",
            "image",
            List.of(),
            List.of(),
            "",
            List.of(),
            mounts,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new LifeOrder(
        new ReplicaId("test", name),
        new Incarnation(incarnation),
        new Session(new NodeName(node), new UUID(1, node.hashCode()), "boot", 3),
        "uid",
        false,
        name,
        "",
        -1,
        RestartPolicy.ALWAYS,
        Duration.ofSeconds(1),
        List.of(),
        List.of(main),
        volumes,
        Map.of(),
        Map.of(),
        address);
  }
}
