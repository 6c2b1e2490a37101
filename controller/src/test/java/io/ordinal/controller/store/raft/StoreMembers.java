package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.StoreTls;
import io.ordinal.controller.store.StoreUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A group of several members in this process, each with a port and a directory of its own. */
final class StoreMembers implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final String lines;
  private final Optional<StoreTls> tls;
  private final Map<Integer, RaftObjectStore> running = new ConcurrentSkipListMap<>();
  private final Map<Integer, Integer> ports = new LinkedHashMap<>();

  /** Takes lines of the section {@code ordinal.store}. */
  StoreMembers(Path directory, String lines, Optional<StoreTls> tls) {
    this.directory = directory;
    this.lines = lines;
    this.tls = tls;
  }

  static StoreMembers of(Path directory, int count, String lines) {
    StoreMembers members = new StoreMembers(directory, lines, Optional.empty());
    for (int i = 0; i < count; i++) members.grow(i);
    return members;
  }

  /** Starts a member that was stopped, or the founder. */
  RaftObjectStore start(int number) {
    int port = ports.computeIfAbsent(number, any -> freePort());
    RaftObjectStore store =
        RaftObjectStore.begin(TestSettings.with(lines + "\nport = " + port), place(number), tls);
    running.put(number, store);
    return store;
  }

  /** Adds a fresh member; the first one founds the group. */
  void grow(int number) {
    boolean founder = running.isEmpty();
    if (!founder) RaftObjectStore.joining(place(number), any().group().id());
    RaftObjectStore store = start(number);
    if (founder) store.awaitLeader();
    else await(leader().group().add(memberOf(store)));
  }

  static StoreGroup.Member memberOf(RaftObjectStore store) {
    return new StoreGroup.Member(store.group().self(), store.address());
  }

  Path place(int number) {
    return directory.resolve("member-" + number);
  }

  RaftObjectStore get(int number) {
    return running.get(number);
  }

  List<RaftObjectStore> all() {
    return new ArrayList<>(running.values());
  }

  RaftObjectStore any() {
    return running.values().iterator().next();
  }

  /** The member that leads, once there is one that serves. */
  RaftObjectStore leader() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> all().stream().anyMatch(RaftObjectStore::leads));
    return all().stream().filter(RaftObjectStore::leads).findFirst().orElseGet(this::leader);
  }

  int numberOf(RaftObjectStore store) {
    return running.entrySet().stream()
        .filter(each -> each.getValue() == store)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  RaftObjectStore follower() {
    UUID leader = leader().group().self();
    return all().stream().filter(s -> !s.group().self().equals(leader)).findFirst().orElseThrow();
  }

  /** Nobody writes through it any more; it still runs. */
  void withdraw(int number) {
    running.remove(number);
  }

  void stop(int number) {
    running.remove(number).close();
  }

  void awaitEqual() {
    Awaitility.await()
        .atMost(PATIENCE)
        // While it installs a snapshot, a member has no state.
        .ignoreExceptionsMatching(e -> e.getCause() instanceof StoreUnavailable)
        .untilAsserted(
            () ->
                assertThat(all().stream().map(s -> await(s.group().digest())).distinct())
                    .hasSize(1));
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  @Override
  public void close() {
    all().forEach(RaftObjectStore::close);
  }
}
