package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;

/**
 * Snapshots: checkpoints of the database, mostly hard links, each a directory named by the term and
 * index of its last entry. The live database stands elsewhere, because an installed snapshot
 * replaces this whole directory.
 */
final class CheckpointStorage implements StateMachineStorage {
  private static final Pattern NAME = Pattern.compile("checkpoint\\.(\\d+)_(\\d+)");

  private volatile Path directory;

  @Override
  public void init(RaftStorage storage) throws IOException {
    init(storage.getStorageDir().getStateMachineDir().toPath());
  }

  void init(Path place) throws IOException {
    directory = place;
    Files.createDirectories(directory);
    for (Path each : children())
      if (position(each).isEmpty() && each.getFileName().toString().startsWith("unfinished."))
        delete(each);
  }

  /** Makes the checkpoint visible only when it is whole. */
  void take(RocksState state, Position position) throws IOException {
    Path unfinished = directory.resolve("unfinished." + position.index());
    delete(unfinished);
    state.checkpoint(unfinished);
    Path finished = directory.resolve("checkpoint." + position.term() + "_" + position.index());
    delete(finished);
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    StoreIdentity.force(directory); // The log before it is dropped next.
  }

  /**
   * Opens the live database, or the latest checkpoint in its place. The database is ahead of it,
   * unless it is lost or a snapshot was installed.
   */
  RocksState open(Path live, RocksSettings settings) throws IOException {
    Optional<Position> snapshot = latestPosition();
    if (snapshot.isPresent() && !Files.exists(live.resolve("CURRENT"))) restore(live);
    RocksState opened = RocksState.open(live, settings);
    if (snapshot.isEmpty() || !snapshot.get().isAfter(opened.position())) return opened;
    opened.close();
    restore(live);
    return RocksState.open(live, settings);
  }

  /** Copies the latest checkpoint to where the live database will be. */
  void restore(Path live) throws IOException {
    Path source = latest().orElseThrow(() -> new IOException("no snapshot in " + directory));
    Path unfinished = live.resolveSibling(live.getFileName() + ".unfinished");
    copyAll(source, unfinished);
    delete(live);
    Files.move(unfinished, live, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Copies the files of a database that nobody writes to. */
  static void copyAll(Path source, Path target) throws IOException {
    delete(target);
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        copy(file, target.resolve(file.getFileName()));
    }
  }

  /** Tables never change and may share their bytes; everything else RocksDB may write to. */
  private static void copy(Path from, Path to) throws IOException {
    if (from.toString().endsWith(".sst")) Files.createLink(to, from);
    else Files.copy(from, to);
  }

  Optional<Position> latestPosition() throws IOException {
    return latest().flatMap(CheckpointStorage::position);
  }

  private Optional<Path> latest() throws IOException {
    return checkpoints().reduce((older, newer) -> newer);
  }

  /** Oldest first. */
  private Stream<Path> checkpoints() throws IOException {
    return children().stream()
        .filter(each -> position(each).isPresent())
        .sorted(Comparator.comparing(each -> position(each).orElseThrow().index()));
  }

  private List<Path> children() throws IOException {
    if (!Files.isDirectory(directory)) return List.of();
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  private static Optional<Position> position(Path checkpoint) {
    Matcher name = NAME.matcher(checkpoint.getFileName().toString());
    if (!name.matches()) return Optional.empty();
    return Optional.of(new Position(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
  }

  @Override
  public SnapshotInfo getLatestSnapshot() {
    try {
      return latest()
          .map(found -> new CheckpointInfo(found, position(found).orElseThrow()))
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void format() {
    // A fresh group has no snapshots.
  }

  @Override
  public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
    int kept = Math.max(1, policy.getNumSnapshotsRetained());
    List<Path> all = checkpoints().toList();
    for (Path old : all.subList(0, Math.max(0, all.size() - kept))) delete(old);
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) return;
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
