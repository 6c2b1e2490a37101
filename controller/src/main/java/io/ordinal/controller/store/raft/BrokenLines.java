package io.ordinal.controller.store.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the connections to a member made anew when it is reached again after it could not be. Left
 * alone, TCP repeats what was sent before the break after pauses that double: a connection is found
 * whole again up to as long after the break as the break was long.
 *
 * <p>A member that is merely slow is reached all the time, so its connections stay.
 */
final class BrokenLines {
  private static final Logger LOG = LoggerFactory.getLogger(BrokenLines.class);

  private final Supplier<? extends Collection<RaftPeer>> group;
  private final Supplier<? extends Collection<RaftPeer>> silent;
  private final Predicate<RaftPeer> reachable;
  private final Consumer<RaftPeer> renewal;
  private final BiConsumer<RaftPeer, Boolean> tells;
  private final Map<RaftPeerId, RaftPeer> broken = new HashMap<>();
  private final Map<RaftPeerId, RaftPeer> missed = new HashMap<>();

  /**
   * @param group the present members, of which alone anything is kept
   * @param silent the members that are not heard of, of those that should be
   * @param reachable whether a connection can be made now; may block
   * @param renewal makes the connections anew
   * @param tells hears of each that falls silent (false), and that is heard of again (true)
   */
  BrokenLines(
      Supplier<? extends Collection<RaftPeer>> group,
      Supplier<? extends Collection<RaftPeer>> silent,
      Predicate<RaftPeer> reachable,
      Consumer<RaftPeer> renewal,
      BiConsumer<RaftPeer, Boolean> tells) {
    this.group = group;
    this.silent = silent;
    this.reachable = reachable;
    this.renewal = renewal;
    this.tells = tells;
  }

  /**
   * @param lines may be blocked
   */
  void watch(ScheduledExecutorService lines, Duration period) {
    long ms = period.toMillis();
    lines.scheduleWithFixedDelay(this::lookSafely, ms, ms, TimeUnit.MILLISECONDS);
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.debug("silent members were not looked for", e);
    }
  }

  /** Called by one thread at a time. */
  void look() {
    List<RaftPeerId> present = group.get().stream().map(RaftPeer::getId).toList();
    broken.keySet().retainAll(present);
    missed.keySet().retainAll(present);
    Map<RaftPeerId, RaftPeer> quiet = new HashMap<>();
    silent.get().forEach(each -> quiet.put(each.getId(), each));
    tell(quiet);
    Map<RaftPeerId, RaftPeer> asked = new HashMap<>(broken);
    asked.putAll(quiet);
    for (RaftPeer each : asked.values()) {
      if (!reachable.test(each)) {
        broken.put(each.getId(), each);
      } else if (broken.containsKey(each.getId())) {
        renew(each);
      }
    }
  }

  /** Once for each change: Ratis tells it at every attempt, which the log leaves out. */
  private void tell(Map<RaftPeerId, RaftPeer> quiet) {
    quiet.forEach(
        (id, each) -> {
          if (missed.put(id, each) == null) tells.accept(each, false);
        });
    for (RaftPeer each : List.copyOf(missed.values())) {
      if (quiet.containsKey(each.getId())) continue;
      missed.remove(each.getId());
      tells.accept(each, true);
    }
  }

  /** Tells people. */
  static void log(RaftPeer peer, boolean heard) {
    if (heard) LOG.info("the store of {} is heard of again", peer.getAddress());
    else LOG.warn("the store of {} is not heard of any more", peer.getAddress());
  }

  /** Again at the next look if it fails. */
  private void renew(RaftPeer peer) {
    LOG.info("{} is reached again: the connections to it are made anew", peer.getAddress());
    try {
      renewal.accept(peer);
      broken.remove(peer.getId());
    } catch (RuntimeException e) {
      LOG.warn("the connections to {} could not be made anew", peer.getAddress(), e);
    }
  }

  /** Whether a connection to it can be made in this time. */
  static Predicate<RaftPeer> within(Duration patience) {
    return peer -> {
      String address = peer.getAddress();
      int colon = address.lastIndexOf(':');
      try (Socket socket = new Socket()) {
        int port = Integer.parseInt(address.substring(colon + 1));
        String host = address.substring(0, colon);
        socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
        return true;
      } catch (IOException e) {
        return false;
      }
    };
  }
}
