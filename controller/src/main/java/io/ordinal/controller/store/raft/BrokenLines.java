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
  private final Supplier<Hearing> hearing;
  private final BiConsumer<RaftPeer, Word> tells;
  private final Map<RaftPeerId, RaftPeer> broken = new HashMap<>();
  private final Map<RaftPeerId, Word> told = new HashMap<>();

  /** What is told of a member. */
  enum Word {
    /** No connection to it can be made. That it is reached again is told by {@link #renew}. */
    UNREACHED,
    /** The leader, this member, has no answers of it. */
    SILENT,
    HEARD,
    /** It was silent when this member led; another leads now, and knows how it is. */
    UNKNOWN
  }

  /**
   * @param group the present members, of which alone anything is kept
   * @param silent the members that may have been lost: whether they are reachable is looked at
   * @param reachable whether a connection can be made now; may block
   * @param renewal makes the connections anew
   * @param hearing of whom there is evidence
   * @param tells hears of each that is lost or found
   */
  BrokenLines(
      Supplier<? extends Collection<RaftPeer>> group,
      Supplier<? extends Collection<RaftPeer>> silent,
      Predicate<RaftPeer> reachable,
      Consumer<RaftPeer> renewal,
      Supplier<Hearing> hearing,
      BiConsumer<RaftPeer, Word> tells) {
    this.group = group;
    this.silent = silent;
    this.reachable = reachable;
    this.renewal = renewal;
    this.hearing = hearing;
    this.tells = tells;
  }

  /** Those of this member. */
  static BrokenLines of(
      GroupMember member, StoreSettings.Timing timing, Consumer<RaftPeer> renewal) {
    return new BrokenLines(
        () -> member.runs() ? member.peers() : List.of(),
        () -> Contact.silent(member, timing.electionMax()),
        within(timing.reach()),
        renewal,
        () -> Contact.hearing(member, timing.electionMax()),
        BrokenLines::log);
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
    Collection<RaftPeer> present = group.get();
    List<RaftPeerId> ids = present.stream().map(RaftPeer::getId).toList();
    broken.keySet().retainAll(ids);
    told.keySet().retainAll(ids);
    Map<RaftPeerId, RaftPeer> asked = new HashMap<>(broken);
    silent.get().forEach(each -> asked.put(each.getId(), each));
    for (RaftPeer each : asked.values()) {
      if (!reachable.test(each)) {
        broken.put(each.getId(), each);
      } else if (broken.containsKey(each.getId())) {
        renew(each);
      }
    }
    Hearing known = hearing.get();
    for (RaftPeer each : present) tell(each, known);
  }

  /** Once for each change: Ratis tells it at every attempt, which the log leaves out. */
  private void tell(RaftPeer peer, Hearing known) {
    Word before = told.get(peer.getId());
    if (known.heard().contains(peer.getId())) {
      told.remove(peer.getId());
      if (before != null) tells.accept(peer, Word.HEARD);
    } else if (known.silent().contains(peer.getId())) {
      told.put(peer.getId(), Word.SILENT);
      if (before == null) tells.accept(peer, Word.SILENT);
    } else if (broken.containsKey(peer.getId())) {
      told.put(peer.getId(), Word.UNREACHED);
      if (before == null) tells.accept(peer, Word.UNREACHED);
    } else if (before == Word.UNREACHED) {
      told.remove(peer.getId()); // The line on its connections has told it.
    } else if (before == Word.SILENT && known.follows()) {
      told.remove(peer.getId());
      tells.accept(peer, Word.UNKNOWN);
    }
  }

  /** Tells people. */
  static void log(RaftPeer peer, Word word) {
    String address = peer.getAddress();
    switch (word) {
      case UNREACHED -> LOG.warn("the store of {} is not reached", address);
      case SILENT -> LOG.warn("the store of {} is not heard of any more", address);
      case HEARD -> LOG.info("the store of {} is heard of again", address);
      case UNKNOWN ->
          LOG.info("another leads: its log says when the store of {} is heard of again", address);
    }
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
