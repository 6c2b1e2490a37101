package io.ordinal.agent.network;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import tools.jackson.databind.json.JsonMapper;

/**
 * The addresses of this node's identities, on disk before anybody hears of them. On Linux every
 * address of 127.0.0.0/8 can be used without having been configured.
 */
public final class AddressBook implements Addresses {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final NetworkSettings settings;
  private final Executor blocking;
  private AddressTable table;

  /**
   * Reads the book, or begins one.
   *
   * @param file the book's own
   * @param blocking where files are written
   */
  public AddressBook(Path file, NetworkSettings settings, Executor blocking) {
    this.file = file;
    this.settings = settings;
    this.blocking = blocking;
    this.table = read();
  }

  @Override
  public CompletionStage<String> addressOf(LifeOrder order) {
    if (settings.pods().isEmpty()) return CompletableFuture.completedFuture(nodeAddress());
    return CompletableFuture.supplyAsync(() -> occupy(order.replica()), blocking);
  }

  @Override
  public CompletionStage<Void> release(LifeOrder order) {
    return CompletableFuture.runAsync(() -> leave(order.replica()), blocking);
  }

  @Override
  public String nodeAddress() {
    return settings.nodeAddress();
  }

  private synchronized String occupy(ReplicaId identity) {
    AddressRange range = AddressRange.parse(settings.pods().orElseThrow());
    AddressTable next =
        table
            .occupy(identity, range)
            .orElseThrow(
                () ->
                    new LaunchRefused(
                        "FailedCreatePodSandBox",
                        "no address is left in "
                            + settings.pods().orElseThrow()
                            + ": widen ordinal.agent.network.pods"));
    write(next);
    return next.addressOf(identity).orElseThrow();
  }

  private synchronized void leave(ReplicaId identity) {
    write(table.leave(identity));
  }

  private AddressTable read() {
    try {
      if (!Files.exists(file)) return AddressTable.EMPTY;
      return JSON.readValue(Files.readString(file), AddressTable.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the address book " + file + " cannot be read", e);
    }
  }

  private void write(AddressTable next) {
    if (next.equals(table)) return;
    byte[] bytes = JSON.writeValueAsString(next).getBytes(StandardCharsets.UTF_8);
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              written,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        while (content.hasRemaining()) channel.write(content);
        channel.force(true);
      }
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the address book " + file + " cannot be written", e);
    }
    table = next;
  }
}
