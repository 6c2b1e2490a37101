package io.ordinal.agent.volume;

import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of lives that expire, such as tokens. A note beside a life's volumes says how soon, so that
 * an agent that was restarted knows it. Blocks.
 */
final class AgingFiles {
  private static final String NOTE = ".renewal"; // No volume can have this name.

  private final Path lives;

  /**
   * @param lives where each life has a directory
   */
  AgingFiles(Path lives) {
    this.lives = lives;
  }

  Path directory(ReplicaId replica, Incarnation incarnation) {
    return lives.resolve(replica.namespace() + "_" + replica.name() + "_" + incarnation);
  }

  /** After the life's files were written. */
  void note(LifeOrder order) throws IOException {
    Optional<Duration> soonest =
        order.volumes().stream()
            .filter(VolumeOrder.Files.class::isInstance)
            .map(each -> ((VolumeOrder.Files) each).renewal())
            .filter(each -> !each.isZero())
            .min(Duration::compareTo);
    if (soonest.isEmpty()) return;
    Path note = directory(order.replica(), order.incarnation()).resolve(NOTE);
    Files.writeString(note, Long.toString(soonest.get().toSeconds()));
  }

  List<Aging> all() throws IOException {
    if (!Files.isDirectory(lives)) return List.of();
    List<Aging> found = new ArrayList<>();
    try (Stream<Path> directories = Files.list(lives)) {
      for (Path each : directories.toList()) aging(each).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Aging> aging(Path life) throws IOException {
    Path note = life.resolve(NOTE);
    String[] name = life.getFileName().toString().split("_", -1);
    if (name.length != 3 || !Files.exists(note)) return Optional.empty();
    return Optional.of(
        new Aging(
            new ReplicaId(name[0], name[1]),
            new Incarnation(Long.parseLong(name[2])),
            Duration.ofSeconds(Long.parseLong(Files.readString(note).trim()))));
  }

  /** Each file is replaced whole: whoever reads it sees the old one or the new one. */
  void refresh(ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes)
      throws IOException {
    for (VolumeOrder.Files volume : volumes) {
      Path directory = directory(replica, incarnation).resolve(volume.name());
      if (!Files.isDirectory(directory)) continue; // The life is over, or has not begun.
      for (Map.Entry<String, byte[]> file : volume.files().entrySet()) {
        VolumeFiles.replace(directory, file.getKey(), file.getValue(), volume.mode());
      }
    }
  }
}
