package io.ordinal.agent.network;

import io.ordinal.agent.disk.WholeFile;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final PodInterface wire;
  private AddressTable table;

  /**
   * Reads the book, or begins one.
   *
   * @param file the book's own
   * @param blocking where files are written
   */
  public AddressBook(Path file, NetworkSettings settings, Executor blocking) {
    this(
        file,
        settings,
        blocking,
        settings
            .podInterface()
            .<PodInterface>map(name -> new LinuxInterface(name, List.of("ip")))
            .orElseGet(NoInterface::new));
  }

  AddressBook(Path file, NetworkSettings settings, Executor blocking, PodInterface wire) {
    this.file = file;
    this.wire = wire;
    this.settings = settings;
    this.blocking = blocking;
    this.table = read();
  }

  @Override
  public CompletionStage<String> addressOf(LifeOrder order) {
    boolean shared = settings.pods().isEmpty() && order.address().isEmpty();
    if (shared) return CompletableFuture.completedFuture(nodeAddress());
    return CompletableFuture.supplyAsync(() -> occupy(order), blocking);
  }

  @Override
  public CompletionStage<Void> leave(LifeOrder order) {
    return CompletableFuture.runAsync(() -> takeAway(order), blocking);
  }

  @Override
  public CompletionStage<Void> keepOnly(Map<ReplicaId, Incarnation> lives) {
    return CompletableFuture.runAsync(() -> takeAwayOthers(lives), blocking);
  }

  @Override
  public String nodeAddress() {
    return settings.nodeAddress();
  }

  /** In the book first, so that what stands on the interface is always known. */
  private synchronized String occupy(LifeOrder order) {
    AddressTable next =
        order
            .address()
            .map(chosen -> table.assign(order.replica(), order.incarnation(), chosen))
            .orElseGet(() -> own(order));
    String address = next.addressOf(order.replica()).orElseThrow();
    boolean news = !table.heldBy(order.replica(), order.incarnation()).equals(Optional.of(address));
    if (news) write(next);
    if (!settings.mustStandOnInterface(address)) return address;
    try {
      wire.add(address);
      return address;
    } catch (IOException e) {
      throw new LaunchRefused(LifeStatus.NO_ADDRESS, e.getMessage());
    }
  }

  private AddressTable own(LifeOrder order) {
    String pods = settings.pods().orElseThrow();
    return table
        .occupy(order.replica(), order.incarnation(), AddressRange.parse(pods))
        .orElseThrow(
            () ->
                new LaunchRefused(
                    LifeStatus.NO_ADDRESS,
                    "no address is left in " + pods + ": widen ordinal.agent.network.pods"));
  }

  private synchronized void takeAway(LifeOrder order) {
    table.heldBy(order.replica(), order.incarnation()).ifPresent(this::remove);
    write(table.leave(order.replica(), order.incarnation()));
  }

  private synchronized void takeAwayOthers(Map<ReplicaId, Incarnation> lives) {
    Map<String, AddressTable.Entry> others = table.notOf(lives);
    others.values().forEach(entry -> remove(entry.address()));
    if (!others.isEmpty()) write(table.gone(others.keySet()));
  }

  private void remove(String address) {
    if (!settings.mustStandOnInterface(address)) return;
    try {
      wire.remove(address);
    } catch (IOException e) {
      throw new UncheckedIOException("this machine still answers for " + address, e);
    }
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
    try {
      WholeFile.replace(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the address book " + file + " cannot be written", e);
    }
    table = next;
  }
}
