package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.rocks.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;

/** Describes a checkpoint to Ratis. Its digests are computed only when a follower needs it. */
final class CheckpointInfo implements SnapshotInfo {
  private final Path directory;
  private final Position position;
  private List<FileInfo> files;

  CheckpointInfo(Path directory, Position position) {
    this.directory = directory;
    this.position = position;
  }

  Path directory() {
    return directory;
  }

  Position position() {
    return position;
  }

  @Override
  public TermIndex getTermIndex() {
    return TermIndex.valueOf(position.term(), position.index());
  }

  @Override
  public synchronized List<FileInfo> getFiles() {
    if (files != null) return files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.map(CheckpointInfo::describe).toList();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileInfo describe(Path file) {
    try {
      return new FileInfo(file, MD5FileUtil.computeMd5ForFile(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }
}
