package io.ordinal.agent.network;

import io.ordinal.protocol.id.ReplicaId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which identity has which address. Pure; every change makes a new table.
 *
 * @param changes counts them, so that what was released least recently is known
 */
record AddressTable(Map<String, Entry> byIdentity, long changes) {
  static final AddressTable EMPTY = new AddressTable(Map.of(), 0);

  /**
   * One identity's address.
   *
   * @param live a life of it is here
   * @param changed the count at which it last began or ceased to live
   */
  record Entry(String address, boolean live, long changed) {}

  AddressTable {
    byIdentity = Map.copyOf(byIdentity);
  }

  Optional<String> addressOf(ReplicaId identity) {
    return Optional.ofNullable(byIdentity.get(identity.toString())).map(Entry::address);
  }

  /**
   * Gives the identity its address: the one it had, otherwise one that nobody ever had, otherwise
   * that of the identity which left longest ago.
   *
   * @return empty when every address belongs to somebody who lives
   */
  Optional<AddressTable> occupy(ReplicaId identity, AddressRange range) {
    Entry own = byIdentity.get(identity.toString());
    if (own != null && range.contains(own.address())) {
      return Optional.of(with(identity, own.address(), true));
    }
    AddressTable others = without(identity.toString());
    Optional<String> free = others.unused(range);
    if (free.isPresent()) return Optional.of(others.with(identity, free.get(), true));
    return others
        .longestGone(range)
        .map(
            gone -> {
              String address = others.byIdentity.get(gone).address();
              return others.without(gone).with(identity, address, true);
            });
  }

  /**
   * Nothing of the identity lives here any more; its address stays its own while there are others.
   */
  AddressTable leave(ReplicaId identity) {
    Entry own = byIdentity.get(identity.toString());
    return own == null || !own.live() ? this : with(identity, own.address(), false);
  }

  private Optional<String> unused(AddressRange range) {
    Set<String> used = new HashSet<>();
    byIdentity.values().forEach(entry -> used.add(entry.address()));
    for (int i = 0; i < range.count(); i++) {
      if (!used.contains(range.at(i))) return Optional.of(range.at(i));
    }
    return Optional.empty();
  }

  private Optional<String> longestGone(AddressRange range) {
    return byIdentity.entrySet().stream()
        .filter(entry -> !entry.getValue().live() && range.contains(entry.getValue().address()))
        .min(Comparator.comparingLong(entry -> entry.getValue().changed()))
        .map(Map.Entry::getKey);
  }

  private AddressTable with(ReplicaId identity, String address, boolean live) {
    Map<String, Entry> next = new TreeMap<>(byIdentity);
    next.put(identity.toString(), new Entry(address, live, changes + 1));
    return new AddressTable(next, changes + 1);
  }

  private AddressTable without(String identity) {
    Map<String, Entry> next = new TreeMap<>(byIdentity);
    next.remove(identity);
    return new AddressTable(next, changes);
  }
}
