package io.ordinal.agent.state;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a state directory back, setting aside what is damaged. */
final class StateReading {
  private final StatePaths paths;
  private final StateCodec codec;
  private final List<StoredLife> lives = new ArrayList<>();
  private final List<LifeName> lost = new ArrayList<>();
  private final List<String> damage = new ArrayList<>();
  private final Map<ReplicaId, Incarnation> floors = new HashMap<>();

  StateReading(StatePaths paths, StateCodec codec) {
    this.paths = paths;
    this.codec = codec;
  }

  Recalled recall(Supplier<UUID> freshUuid) throws IOException {
    UUID uuid = stateUuid(freshUuid);
    Optional<HeldSession> session = read(paths.session(), codec::sessionOf);
    for (Path namespace : children(paths.lives())) {
      for (Path replica : children(namespace)) readReplica(replica);
    }
    return new Recalled(
        uuid,
        session,
        List.copyOf(lives),
        Map.copyOf(floors),
        List.copyOf(lost),
        List.copyOf(damage));
  }

  /**
   * With another UUID this is another node to the controllers, which wait for the old one's lease
   * to run out. It may become one only when no life of the old one is left here.
   */
  private UUID stateUuid(Supplier<UUID> fresh) throws IOException {
    try {
      Optional<byte[]> known = SealedFile.read(paths.stateUuid());
      if (known.isPresent()) {
        return UUID.fromString(new String(known.get(), StandardCharsets.US_ASCII));
      }
    } catch (SealedFile.Damaged | IllegalArgumentException unreadable) {
      if (anyLife()) throw new IOException(refusal(unreadable), unreadable);
      setAside(paths.stateUuid(), unreadable);
      if (Files.exists(paths.session())) setAside(paths.session(), unreadable);
    }
    UUID uuid = fresh.get();
    SealedFile.write(paths.stateUuid(), uuid.toString().getBytes(StandardCharsets.US_ASCII));
    return uuid;
  }

  private String refusal(Exception unreadable) {
    return "%s, and %s says that workloads run here. Put the file back from a copy; or end the workloads"
            .formatted(unreadable.getMessage(), paths.lives())
        + " (ordinal down --stop-workloads), remove the files that end in %s there, and start again"
            .formatted(StatePaths.LIFE_SUFFIX);
  }

  private boolean anyLife() throws IOException {
    if (!Files.isDirectory(paths.lives())) return false;
    try (Stream<Path> files = Files.walk(paths.lives())) {
      return files.anyMatch(file -> file.toString().endsWith(StatePaths.LIFE_SUFFIX));
    }
  }

  private void readReplica(Path directory) throws IOException {
    ReplicaId replica =
        new ReplicaId(
            directory.getParent().getFileName().toString(), directory.getFileName().toString());
    read(paths.floor(replica), codec::floorOf).ifPresent(floor -> floors.put(replica, floor));
    for (Path file : children(directory)) {
      String name = file.getFileName().toString();
      if (name.matches("[0-9]+\\" + StatePaths.LIFE_SUFFIX)) readLife(replica, file, name);
    }
  }

  private void readLife(ReplicaId replica, Path file, String name) throws IOException {
    String digits = name.substring(0, name.length() - StatePaths.LIFE_SUFFIX.length());
    LifeName life = new LifeName(replica, new Incarnation(Long.parseLong(digits)));
    Optional<StoredLife> read = read(file, codec::lifeOf);
    read.ifPresentOrElse(lives::add, () -> lost.add(life));
  }

  private <T> Optional<T> read(Path file, Function<byte[], T> decode) throws IOException {
    try {
      return SealedFile.read(file).map(decode);
    } catch (SealedFile.Damaged | IllegalArgumentException unreadable) {
      setAside(file, unreadable);
      return Optional.empty();
    }
  }

  private void setAside(Path file, Exception why) throws IOException {
    Path aside = SealedFile.setAside(file);
    damage.add(why.getMessage() + "; " + file + " was moved to " + aside);
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) return List.of();
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
