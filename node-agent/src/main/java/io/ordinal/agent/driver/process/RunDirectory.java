package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one run; launcher.sh says what each is. A line counts only with its newline, so a
 * file that is just being written reads as absent.
 */
record RunDirectory(Path path) {
  static final String LAUNCHER = "launcher";
  static final String INIT = "init";
  static final String MAIN = "main";
  static final String WATCHER = "watcher";

  private static final String RECORD = "run.json";
  private static final String EXIT = "exit";
  private static final String FENCED = "fenced";
  private static final String KEPT = "kept";
  private static final String OVERDUE = "overdue";
  private static final String TOLD = "told";
  private static final String UNMOUNTABLE = "unmountable";
  private static final String LAUNCHER_LOG = "launcher.log";
  private static final String UNKNOWN = "?";
  private static final int MESSAGE_CHARS = 500;
  private static final JsonMapper JSON = new JsonMapper();

  Path file(String name) {
    return path.resolve(name);
  }

  Path launcherLog() {
    return file(LAUNCHER_LOG);
  }

  /** Beside the directory: what is written to it must not wake whoever watches the directory. */
  Path log() {
    return path.resolveSibling(path.getFileName() + ".log");
  }

  /** Only its owner may read it. */
  void writeSecret(String name, String content) throws IOException {
    Path file = file(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  /** The last file that is written before the launcher starts: without it nothing was started. */
  void writeRecord(RunRecord record) throws IOException {
    writeSecret(RECORD + ".new", JSON.writeValueAsString(record));
    Files.move(file(RECORD + ".new"), file(RECORD), StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<RunRecord> record() throws IOException {
    if (!Files.exists(file(RECORD))) return Optional.empty();
    return Optional.of(JSON.readValue(Files.readString(file(RECORD)), RunRecord.class));
  }

  Optional<ProcessIdentity> process(String file) throws IOException {
    Optional<String> line = line(file);
    if (line.isEmpty()) return Optional.empty();
    String[] words = line.get().split(" ");
    return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1])));
  }

  Optional<Running> running() throws IOException {
    Optional<ProcessIdentity> main = process(MAIN);
    if (main.isEmpty()) return Optional.empty();
    return Optional.of(new Running(main.get().pid(), startedAt()));
  }

  /** No process of it exists any more. */
  boolean over() throws IOException {
    return line(EXIT).isPresent();
  }

  /**
   * How it ended.
   *
   * @param beforeBoot the run began before the machine was started last
   */
  Optional<Exited> exited(boolean beforeBoot) throws IOException {
    Optional<String> line = line(EXIT);
    if (line.isEmpty()) return Optional.empty();
    OptionalInt code =
        line.get().equals(UNKNOWN)
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(line.get()));
    boolean byDeadline = Files.exists(file(OVERDUE));
    boolean told = Files.exists(file(TOLD));
    return Optional.of(
        new Exited(code, startedAt(), modified(file(EXIT)), byDeadline, beforeBoot, told));
  }

  /**
   * Notes for good that the run is over and its exit code will not be learnt. Two may find that out
   * at once.
   */
  void giveUp() throws IOException {
    Path next = Files.createTempFile(path, EXIT, ".unknown");
    Files.writeString(next, UNKNOWN + "\n");
    try {
      Files.createLink(file(EXIT), next); // Unlike a rename it does not replace what came first.
    } catch (FileAlreadyExistsException e) {
      // The launcher knew after all.
    }
    Files.delete(next);
  }

  /** What launchers take off the machine when they end the run at the deadline. */
  void writeAddress(String address, String device) throws IOException {
    Files.writeString(file("address"), address + "/32 dev " + device + "\n");
  }

  boolean fenced() {
    return Files.exists(file(FENCED));
  }

  /**
   * From the launch on one of both marks is there. One that is merely gone frees nothing: whoever
   * wipes the directory takes it away, too.
   */
  void setFenced(boolean fenced) throws IOException {
    if (fenced) {
      if (!fenced()) Files.createFile(file(FENCED));
      Files.deleteIfExists(file(KEPT));
    } else {
      if (!Files.exists(file(KEPT))) Files.createFile(file(KEPT));
      Files.deleteIfExists(file(FENCED));
    }
  }

  /** From now on its end is not its own, unless it came before. Noted before the signal is sent. */
  void setTold() throws IOException {
    Path mark = file(TOLD);
    if (over() || Files.exists(mark)) return;
    Files.createFile(mark);
    if (over()) Files.delete(mark); // It ended meanwhile.
  }

  /** Why the mounts could not be made, if that is so. */
  Optional<String> mountFailure() throws IOException {
    if (!Files.exists(file(UNMOUNTABLE))) return Optional.empty();
    String said = Files.readString(launcherLog(), StandardCharsets.ISO_8859_1).strip();
    return Optional.of(said.substring(Math.max(0, said.length() - MESSAGE_CHARS)));
  }

  /** When everything was ready for the launcher. */
  Instant preparedAt() throws IOException {
    return modified(file(RECORD));
  }

  private Instant startedAt() throws IOException {
    for (String file : new String[] {MAIN, LAUNCHER, RECORD}) {
      if (Files.exists(file(file))) return modified(file(file));
    }
    return modified(path);
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  private Optional<String> line(String file) throws IOException {
    try {
      String content = Files.readString(file(file));
      return content.endsWith("\n") ? Optional.of(content.strip()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
