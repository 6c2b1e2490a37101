package io.ordinal.agent.volume;

import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of lives that expire, such as tokens. A note beside a life's volumes says so by being
 * there, whatever is in it, so that an agent that was restarted knows it. Blocks.
 */
final class AgingFiles {
  private static final String NOTE = ".renewal"; // No volume can have this name.
  private static final Pattern NAME = Pattern.compile("([^_]+)_([^_]+)_([0-9]{1,18})");

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
    if (order.volumes().stream().noneMatch(AgingFiles::expires)) return;
    Files.write(directory(order.replica(), order.incarnation()).resolve(NOTE), new byte[0]);
  }

  private static boolean expires(VolumeOrder volume) {
    return volume instanceof VolumeOrder.Files files && !files.renewal().isZero();
  }

  List<Aging> all() throws IOException {
    if (!Files.isDirectory(lives)) return List.of();
    try (Stream<Path> directories = Files.list(lives)) {
      return directories
          .filter(each -> Files.exists(each.resolve(NOTE)))
          .flatMap(AgingFiles::aging)
          .toList();
    }
  }

  /** Nothing for what is not named as {@link #directory} names it: one must not harm others. */
  private static Stream<Aging> aging(Path life) {
    Matcher name = NAME.matcher(life.getFileName().toString());
    if (!name.matches()) return Stream.empty();
    return Stream.of(
        new Aging(
            new ReplicaId(name.group(1), name.group(2)),
            new Incarnation(Long.parseLong(name.group(3)))));
  }

  /** Each file is replaced whole: whoever reads it sees the old one or the new one. */
  void refresh(ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes)
      throws IOException {
    for (VolumeOrder.Files volume : volumes) {
      Path directory = directory(replica, incarnation).resolve(volume.name());
      if (!Files.isDirectory(directory)) continue; // The life is over, or has not begun.
      try {
        refresh(directory, volume);
      } catch (NoSuchFileException e) {
        if (Files.isDirectory(directory)) throw e; // Else its life ended meanwhile.
      }
    }
  }

  private static void refresh(Path directory, VolumeOrder.Files volume) throws IOException {
    for (Map.Entry<String, byte[]> file : volume.files().entrySet()) {
      VolumeFiles.replace(directory, file.getKey(), file.getValue(), volume.mode());
    }
  }
}
