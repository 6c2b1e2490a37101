package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.rocks.Origin;
import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;

/**
 * The log of a member as it stands on the disk, read without the rest of its group. Its end may
 * hold entries that were never acknowledged; those of a group that lost its majority may take
 * effect.
 */
final class LogFiles {
  private static final Pattern NAME = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");

  private LogFiles() {}

  /**
   * Applies what the state does not have yet.
   *
   * @param directory the one that holds the files
   * @throws IOException when entries between the state and the log are missing
   */
  static void replay(Path directory, RocksState state) throws IOException {
    for (Path file : files(directory)) {
      LogTail.entries(bytes(file), bytes -> apply(bytes, state));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) return List.of();
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> NAME.matcher(name(file)).matches())
          .sorted(Comparator.comparing(LogFiles::first))
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static long first(Path file) {
    Matcher name = NAME.matcher(name(file));
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  private static ByteBuffer bytes(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static void apply(ByteBuffer bytes, RocksState state) throws IOException {
    LogEntryProto entry = LogEntryProto.parseFrom(bytes);
    Position position = new Position(entry.getTerm(), entry.getIndex());
    if (!position.isAfter(state.position())) return;
    if (position.index() != state.position().index() + 1)
      throw new IOException(
          "the log goes on at " + position + ", but the state ends at " + state.position());
    if (!entry.hasStateMachineLogEntry()) {
      state.skip(position);
      return;
    }
    var write = entry.getStateMachineLogEntry();
    Origin origin = new Origin(ClientId.valueOf(write.getClientId()).getUuid(), write.getCallId());
    state.apply(position, origin, EntryCodec.decode(write.getLogData().asReadOnlyByteBuffer()));
  }
}
