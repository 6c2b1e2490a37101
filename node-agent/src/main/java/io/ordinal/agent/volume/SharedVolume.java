package io.ordinal.agent.volume;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A directory that every node sees: {@code data}, which lives find, and beside it the marks of its
 * owners, {@code owner-INCARNATION}. Marks are only added, so a late owner never hides a later one;
 * the highest counts. Blocks, perhaps for as long as the storage is away.
 */
final class SharedVolume {
  private static final String MARK = "owner-";
  private static final int DIGITS = 20;
  private static final String SIGN = ".ordinal-storage";
  private static final String MODE = "rwxr-xr-x";
  private static final JsonMapper JSON = new JsonMapper();

  private final String volume;
  private final Path path;

  SharedVolume(String volume, String path) {
    this.volume = volume;
    this.path = Path.of(path).normalize();
    boolean plain = !volume.isBlank() && volume.indexOf('/') < 0;
    if (!plain || !this.path.isAbsolute() || this.path.getParent() == null) {
      throw refused("'" + path + "' is not where volume '" + volume + "' can be");
    }
  }

  /**
   * Makes the life its owner.
   *
   * @param holds this very life has it already, and only wants to know that nothing changed
   * @return the directory that the life finds
   */
  Path take(
      VolumeOrder.Claimed order,
      LifeOrder life,
      boolean holds,
      FenceHook hook,
      Consumer<AgentEvent> people)
      throws IOException {
    SharedMark mine = SharedMark.of(volume, life);
    Optional<SharedMark> last = last();
    boolean mayBeNew = order.mayBeNew() && !holds;
    if (last.isEmpty() && !mayBeNew) throw missing(order.claim());
    makeDirectories();
    mustNotBeLater(mine, holds);
    boolean known = last.filter(mine::isAlready).isPresent();
    if (!known && !holds) {
      if (last.filter(mark -> mark.mayWriteElsewhere(mine)).isPresent()) {
        fence(order, last.get(), mine, hook, people);
      }
      write(mine);
      mustNotBeLater(mine, false); // Somebody may have been at it at the same moment.
      forgetBefore(mine);
    }
    return data();
  }

  /** A directory that nothing is mounted on looks like an empty storage. */
  private LaunchRefused missing(String claim) {
    return refused(
        ("volume %s is not at %s on this machine: its storage is not mounted here, or was emptied."
                + " Mount it, or restore the directory; to give the volume up, delete claim %s and"
                + " this pod")
            .formatted(volume, path, claim));
  }

  private void makeDirectories() throws IOException {
    if (!Files.isDirectory(path.getParent())) {
      throw refused("this machine has no directory " + path.getParent());
    }
    if (!Files.exists(sign())) Files.write(sign(), new byte[0]);
    for (Path directory : List.of(path, data())) {
      VolumeFiles.directory(directory, MODE);
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(directory + " must be a directory, not a link to one");
      }
    }
  }

  private void mustNotBeLater(SharedMark mine, boolean holds) throws IOException {
    for (SharedMark other : marks().values()) {
      boolean concerns = !holds || other.identity().equals(mine.identity());
      if (!concerns || other.incarnation() <= mine.incarnation()) continue;
      throw refused(
          "volume %s belongs to incarnation %d of %s on %s; %d is older and must not write to it"
              .formatted(
                  volume, other.incarnation(), other.identity(), other.node(), mine.incarnation()));
    }
  }

  private void fence(
      VolumeOrder.Claimed order,
      SharedMark last,
      SharedMark mine,
      FenceHook hook,
      Consumer<AgentEvent> people)
      throws IOException {
    if (order.hook().isEmpty()) return; // The lease alone protects it.
    String said =
        hook.run(
            order.hook(),
            List.of(
                "fence",
                volume,
                path.toString(),
                last.node(),
                Long.toString(last.incarnation()),
                mine.node(),
                Long.toString(mine.incarnation())));
    String text =
        "volume %s was taken over from %s; %s said: %s"
            .formatted(volume, last.node(), order.hook(), said);
    people.accept(new AgentEvent(false, "VolumeFenced", text, ""));
  }

  /** No process of the life exists: the next owner need not keep this machine from writing. */
  void leave(LifeOrder life) throws IOException {
    SharedMark mine = marks().get(life.incarnation().value());
    boolean own =
        mine != null
            && mine.stateUuid().equals(life.session().stateUuid().toString())
            && !mine.released();
    if (own) write(mine.left());
  }

  /**
   * Removes all of it, if it is this volume at all. What is not there is gone, where the storage's
   * sign shows that it is mounted.
   */
  void remove() throws IOException {
    Path gone = path.resolveSibling(".removed-" + volume);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Optional<SharedMark> last = last();
      if (last.isEmpty() || !last.get().volume().equals(volume)) {
        throw new IllegalStateException(path + " bears no mark of volume " + volume);
      }
      VolumeFiles.remove(gone);
      Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
    } else if (!Files.exists(sign())) {
      throw new IllegalStateException(
          "the storage of %s is not mounted here: there is no %s".formatted(path, sign()));
    }
    VolumeFiles.remove(gone);
  }

  private Optional<SharedMark> last() throws IOException {
    TreeMap<Long, SharedMark> marks = new TreeMap<>(marks());
    return Optional.ofNullable(marks.lastEntry()).map(Map.Entry::getValue);
  }

  private Map<Long, SharedMark> marks() throws IOException {
    Map<Long, SharedMark> marks = new TreeMap<>();
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) return marks;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, MARK + "*[0-9]")) {
      for (Path file : files) {
        SharedMark mark = JSON.readValue(Files.readString(file), SharedMark.class);
        if (!mark.volume().equals(volume)) {
          throw refused(path + " is volume " + mark.volume() + ", not " + volume);
        }
        marks.put(mark.incarnation(), mark);
      }
    }
    return marks;
  }

  /** On disk when it returns, whole or not at all. */
  private void write(SharedMark mark) throws IOException {
    Path file = fileOf(mark.incarnation());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer content =
          ByteBuffer.wrap(JSON.writeValueAsString(mark).getBytes(StandardCharsets.UTF_8));
      while (content.hasRemaining()) channel.write(content);
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void forgetBefore(SharedMark mine) throws IOException {
    for (Long incarnation : marks().keySet()) {
      if (incarnation < mine.incarnation()) Files.deleteIfExists(fileOf(incarnation));
    }
  }

  private Path fileOf(long incarnation) {
    return path.resolve(MARK + String.format("%0" + DIGITS + "d", incarnation));
  }

  /** Made with the storage's first volume; only storage that is mounted bears it. */
  private Path sign() {
    return path.resolveSibling(SIGN);
  }

  private Path data() {
    return path.resolve("data");
  }

  private static LaunchRefused refused(String message) {
    return new LaunchRefused(VolumeFiles.FAILED, message);
  }
}
