package io.ordinal.agent.state;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * State in a directory: {@code state-uuid}, {@code machine}, {@code session}, and for each replica
 * {@code lives/<namespace>/<name>/} with {@code floor} and {@code <incarnation>.life}. Writes run
 * on threads of its own; those about one replica always on the same.
 */
public final class DirectoryState implements AgentState, AutoCloseable {
  private final StatePaths paths;
  private final StateCodec codec;
  private final Supplier<UUID> freshUuid;
  private final List<ExecutorService> writers;
  private final FileChannel lockFile;

  private DirectoryState(
      StatePaths paths,
      StateCodec codec,
      Supplier<UUID> freshUuid,
      List<ExecutorService> writers,
      FileChannel lockFile) {
    this.paths = paths;
    this.codec = codec;
    this.freshUuid = freshUuid;
    this.writers = writers;
    this.lockFile = lockFile;
  }

  /**
   * Takes the directory for this process alone.
   *
   * @param machine this one, if it can be told
   * @param writers threads; more let more replicas wait for the disk at once
   * @throws UncheckedIOException when another agent has it, or another machine wrote it
   */
  public static DirectoryState open(
      Path root,
      Optional<MachineId> machine,
      StateCodec codec,
      int writers,
      Supplier<UUID> freshUuid) {
    try {
      SealedFile.makeDirectories(root.toAbsolutePath());
      StatePaths paths = new StatePaths(root.toAbsolutePath());
      FileChannel lockFile = lock(paths.lock());
      claim(paths, machine, lockFile);
      List<ExecutorService> threads = new ArrayList<>();
      for (int i = 0; i < writers; i++) threads.add(writer(i));
      return new DirectoryState(paths, codec, freshUuid, List.copyOf(threads), lockFile);
    } catch (IOException e) {
      throw new UncheckedIOException("the agent's state directory " + root + " cannot be used", e);
    }
  }

  private static void claim(StatePaths paths, Optional<MachineId> machine, FileChannel lockFile)
      throws IOException {
    try {
      MachineMark.claim(paths, machine);
    } catch (IOException refused) {
      lockFile.close();
      throw refused;
    }
  }

  private static ExecutorService writer(int number) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "agent-state-" + number);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) return channel;
    } catch (OverlappingFileLockException heldInThisJvm) {
      // The same as held by another process.
    }
    channel.close();
    throw new IOException(file + " is held by another agent; one directory serves one agent");
  }

  @Override
  public CompletionStage<Recalled> recall() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new StateReading(paths, codec).recall(freshUuid);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        writers.get(0));
  }

  @Override
  public CompletionStage<Void> hold(HeldSession session) {
    return run(writers.get(0), () -> SealedFile.write(paths.session(), codec.bytesOf(session)));
  }

  @Override
  public CompletionStage<Void> save(StoredLife life) {
    byte[] bytes = codec.bytesOf(life);
    ReplicaId replica = life.order().replica();
    Path file = paths.life(new LifeName(replica, life.order().incarnation()));
    return run(
        writerOf(replica),
        () -> {
          SealedFile.makeDirectories(file.getParent());
          SealedFile.write(file, bytes);
        });
  }

  @Override
  public CompletionStage<Void> remove(LifeName life) {
    return run(writerOf(life.replica()), () -> Files.deleteIfExists(paths.life(life)));
  }

  @Override
  public CompletionStage<Void> raiseFloor(ReplicaId replica, Incarnation floor) {
    Path file = paths.floor(replica);
    return run(writerOf(replica), () -> raise(file, floor));
  }

  private void raise(Path file, Incarnation floor) throws IOException {
    SealedFile.makeDirectories(file.getParent());
    try {
      boolean raised = SealedFile.read(file).map(codec::floorOf).map(floor::isAfter).orElse(true);
      if (!raised) return;
    } catch (SealedFile.Damaged damaged) {
      SealedFile.setAside(file);
    }
    SealedFile.write(file, codec.bytesOf(floor));
  }

  private ExecutorService writerOf(ReplicaId replica) {
    return writers.get(Math.floorMod(replica.hashCode(), writers.size()));
  }

  private static CompletionStage<Void> run(ExecutorService writer, FileWork work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        writer);
  }

  /**
   * Finishes what was begun, and only then lets another agent have the directory. Blocks as long as
   * the disk does; interrupted, it keeps the directory until the process ends.
   */
  @Override
  public void close() {
    writers.forEach(ExecutorService::shutdown);
    try {
      for (ExecutorService writer : writers) {
        while (!writer.awaitTermination(1, TimeUnit.DAYS)) {
          // It is for the caller to give up.
        }
      }
      lockFile.close();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface FileWork {
    void run() throws IOException;
  }
}
