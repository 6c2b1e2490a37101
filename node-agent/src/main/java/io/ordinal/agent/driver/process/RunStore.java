package io.ordinal.agent.driver.process;

import io.ordinal.agent.disk.FileTree;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.process.MarkerScan.Marked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where runs are on disk: {@code lives/NAMESPACE_NAME_INCARNATION/CONTAINER.ATTEMPT}, with the log
 * beside it. No name in Kubernetes has an underscore.
 */
final class RunStore {
  /** In the environment: of launchers, and of what they launched. */
  static final List<String> VARIABLES = List.of("ORDINAL_LAUNCHER", "ORDINAL_RUN");

  /** Beside the files of a run. Its processes have it open where they have no namespaces. */
  static final String HELD = "held";

  private final Path lives;
  private final String marker;

  RunStore(Path state) {
    this.lives = state.resolve("lives");
    try {
      Files.createDirectories(
          lives,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      this.marker = markerIn(state.resolve("marker"));
    } catch (IOException e) {
      throw new UncheckedIOException("the state directory " + state + " cannot be used", e);
    }
  }

  /** What the environment of every process of this state directory carries, followed by a slash. */
  String marker() {
    return marker;
  }

  String markerOf(ContainerRun run) {
    return marker + "/" + lives.relativize(directory(run).path());
  }

  /** Every process of this state directory's runs that can be found, with its run's marker. */
  List<Marked> marked() throws IOException {
    List<Marked> marked = new ArrayList<>(MarkerScan.find(VARIABLES, marker + "/"));
    marked.addAll(MarkerScan.holders(this));
    return marked;
  }

  /** The marker of the run that the open file belongs to, which may be removed by now. */
  Optional<String> markerHeld(Path file) {
    boolean ours = file.startsWith(lives) && file.getFileName().toString().startsWith(HELD);
    return ours ? Optional.of(marker + "/" + lives.relativize(file.getParent())) : Optional.empty();
  }

  RunDirectory directory(ContainerRun run) {
    return new RunDirectory(life(run).resolve(run.container() + "." + run.attempt()));
  }

  /** An empty directory for a run that was never started. */
  RunDirectory create(ContainerRun run) throws IOException {
    RunDirectory directory = directory(run);
    // Left by an agent that died before it started anything in it.
    FileTree.remove(directory.path());
    Files.createDirectories(directory.path());
    Files.createFile(directory.file(HELD));
    return directory;
  }

  /** Every run with a record. */
  Map<ContainerRun, RunDirectory> all() throws IOException {
    Map<ContainerRun, RunDirectory> found = new HashMap<>();
    for (Path life : children(lives)) {
      for (Path path : children(life)) {
        RunDirectory directory = new RunDirectory(path);
        Optional<RunRecord> record = directory.record();
        if (record.isPresent()) found.put(record.get().run(), directory);
      }
    }
    return found;
  }

  /** Everything of a run but its log. */
  void remove(ContainerRun run) throws IOException {
    FileTree.remove(directory(run).path());
  }

  void removeLife(ContainerRun any) throws IOException {
    FileTree.remove(life(any));
  }

  private Path life(ContainerRun run) {
    return lives.resolve(
        run.replica().namespace() + "_" + run.replica().name() + "_" + run.incarnation());
  }

  private static String markerIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      Path next = file.resolveSibling("marker.new");
      Files.writeString(next, UUID.randomUUID().toString());
      Files.move(next, file);
    }
    return Files.readString(file).strip();
  }

  private static Iterable<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).toList();
    }
  }
}
