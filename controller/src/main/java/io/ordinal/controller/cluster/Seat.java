package io.ordinal.controller.cluster;

import java.util.Comparator;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;

/**
 * One actor system: a process that is started anew at the same place sits in another seat.
 *
 * @param place where other members reach it, such as {@code 10.0.0.1:7650}
 * @param uid chosen by the actor system at its start
 */
public record Seat(String place, long uid) implements Comparable<Seat> {
  private static final Comparator<Seat> ORDER =
      Comparator.comparing(Seat::place).thenComparingLong(Seat::uid);

  public Seat {
    if (place.lastIndexOf(':') < 1)
      throw new IllegalArgumentException("expected host:port, found '" + place + "'");
  }

  static Seat of(UniqueAddress address) {
    return new Seat(address.address().hostPort().replaceFirst("^.*@", ""), address.longUid());
  }

  /** As Pekko writes it, for actor systems of this name. */
  Address address(String system) {
    int colon = place.lastIndexOf(':');
    String host = place.substring(0, colon);
    return new Address("pekko", system, host, Integer.parseInt(place.substring(colon + 1)));
  }

  @Override
  public int compareTo(Seat other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return place + "#" + uid;
  }
}
