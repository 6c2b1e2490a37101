package io.ordinal.controller.api.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is connected. Makes room for newcomers at the cost of those of whom nothing is known or that
 * rest, and ends those that take too long. Thread safe.
 */
final class Doorkeeper {
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final ConnectionSettings settings;
  private final Set<Connection> present = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean closing;

  Doorkeeper(ConnectionSettings settings) {
    this.settings = settings;
  }

  /** False when there is no room: everybody is being answered. */
  boolean admits(Connection newcomer, long nowNanos) {
    if (closing) return false;
    if (present.size() >= settings.most()) {
      Optional<Connection> gone = mostDispensable(nowNanos);
      if (gone.isEmpty()) return false;
      sendAway(gone.get());
      present.remove(gone.get());
    }
    present.add(newcomer);
    return true;
  }

  private Optional<Connection> mostDispensable(long nowNanos) {
    Connection found = null;
    long most = -1;
    for (Connection each : present) {
      long dispensable = each.pace().dispensable(nowNanos);
      if (dispensable > most) {
        found = each;
        most = dispensable;
      }
    }
    return Optional.ofNullable(found);
  }

  void left(Connection connection) {
    present.remove(connection);
    if (closing && present.isEmpty()) empty.complete(null);
  }

  /** Ends those that take too long. To be called again and again. */
  void sweep(long nowNanos) {
    List<Connection> slow = new ArrayList<>();
    for (Connection each : present) {
      if (each.pace().isOverdue(settings, nowNanos)) slow.add(each);
      else if (closing && each.pace().isFree(MOMENT, nowNanos)) each.end(false);
    }
    slow.forEach(Doorkeeper::sendAway);
  }

  /** A client that rests may be about to ask: a reset would fail that, an end lets it ask again. */
  private static void sendAway(Connection connection) {
    connection.end(!connection.pace().rests());
  }

  /** Nobody comes in any more; completes when the last has left. */
  CompletableFuture<Void> close() {
    closing = true;
    present.forEach(Connection::beLast);
    if (present.isEmpty()) empty.complete(null);
    return empty;
  }

  /** Whoever is left is ended. */
  void clear() {
    present.forEach(each -> each.end(true));
  }

  int size() {
    return present.size();
  }
}
