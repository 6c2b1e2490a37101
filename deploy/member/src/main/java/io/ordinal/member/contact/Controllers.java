package io.ordinal.member.contact;

import io.ordinal.agent.host.DoorAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The controllers as a member knows them, for its agent. Names are looked up at each call, so a
 * machine that took over a name is found.
 */
public final class Controllers implements DoorAddresses {
  private static final String PROTOCOL = "pekko://ordinal@";
  private final Supplier<List<ControllerAddress>> known;
  private final boolean here;
  private final int turn;
  private final Executor blocking;

  /**
   * @param known read at each call
   * @param here whether this member is a controller itself; it is asked first then
   * @param member by its name's hash the members of a large cluster spread over the controllers
   * @param blocking looks up names
   */
  public Controllers(
      Supplier<List<ControllerAddress>> known, boolean here, String member, Executor blocking) {
    this.known = known;
    this.here = here;
    this.turn = member.hashCode();
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<List<String>> now() {
    return CompletableFuture.supplyAsync(this::lookUp, blocking);
  }

  private List<String> lookUp() {
    Set<ControllerAddress> found = new LinkedHashSet<>();
    for (ControllerAddress each : known.get()) found.addAll(resolved(each));
    List<String> doors = new ArrayList<>();
    for (ControllerAddress each : found) doors.add(PROTOCOL + each);
    if (!doors.isEmpty()) Collections.rotate(doors, Math.floorMod(turn, doors.size()));
    if (here) doors.add(0, HERE);
    return doors;
  }

  /** A name that nobody knows now may be known at the next attempt. */
  private static List<ControllerAddress> resolved(ControllerAddress named) {
    List<ControllerAddress> found = new ArrayList<>();
    try {
      for (InetAddress each : InetAddress.getAllByName(named.host())) {
        found.add(new ControllerAddress(each.getHostAddress(), named.port()));
      }
    } catch (UnknownHostException unknown) {
      return List.of();
    }
    return found;
  }
}
