package io.ordinal.member.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that {@code member.pid} names, told from a later process of the same number by its
 * start time.
 *
 * @param pid of a live process
 */
public record RunningMember(ProcessHandle process) {
  /** Empty when the file is missing or the process it names is gone. */
  static Optional<RunningMember> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split("\\s+");
      long pid = Long.parseLong(words[0]);
      Instant start = words.length > 1 ? Instant.parse(words[1]) : null;
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(
              each -> start == null || each.info().startInstant().map(start::equals).orElse(true))
          .map(RunningMember::new);
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static void claim(Path file) {
    ProcessHandle self = ProcessHandle.current();
    Optional<RunningMember> other = read(file).filter(each -> each.process.pid() != self.pid());
    if (other.isPresent()) {
      throw new IllegalStateException(
          "a member runs on "
              + file.getParent()
              + " already (pid "
              + other.get().process.pid()
              + "); stop it first");
    }
    try {
      String start = self.info().startInstant().map(each -> " " + each).orElse("");
      PrivateFiles.write(file, self.pid() + start + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static void release(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
