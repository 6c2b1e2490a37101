package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
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
 *
 * <p>Ratis asks for the latest several times for every entry that it sends or takes, so what is on
 * the disk is looked up when it changes, not when it is asked for.
 */
final class CheckpointStorage implements StateMachineStorage {
  private static final Pattern NAME = Pattern.compile("checkpoint\\.(\\d+)_(\\d+)");

  private volatile Path directory;
  private volatile Optional<CheckpointInfo> latest = Optional.empty();

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
    look();
  }

  /** Must be called when somebody else, an installation, changed the directory. */
  private void look() throws IOException {
    latest =
        checkpoints()
            .reduce((older, newer) -> newer)
            .map(found -> new CheckpointInfo(found, position(found).orElseThrow()));
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
    look();
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
    look();
    CheckpointInfo source =
        latest.orElseThrow(() -> new IOException("no snapshot in " + directory));
    Path unfinished = live.resolveSibling(live.getFileName() + ".unfinished");
    copyAll(source.directory(), unfinished);
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

  /** Of what is on the disk now. */
  Optional<Position> latestPosition() throws IOException {
    look();
    return latest.map(CheckpointInfo::position);
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
    return latest.orElse(null);
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
    look();
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
