package io.ordinal.agent.network;

import io.ordinal.protocol.id.Incarnation;
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
   * @param incarnation of the life that has it, or had it last; absent in older books
   */
  record Entry(String address, boolean live, long changed, Long incarnation) {
    boolean isOf(Incarnation life) {
      return incarnation == null || incarnation == life.value();
    }
  }

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
  Optional<AddressTable> occupy(ReplicaId identity, Incarnation life, AddressRange range) {
    Entry own = byIdentity.get(identity.toString());
    if (own != null && range.contains(own.address())) {
      return Optional.of(with(identity, own.address(), true, life.value()));
    }
    AddressTable others = without(identity.toString());
    Optional<String> free = others.unused(range);
    if (free.isPresent()) return Optional.of(others.with(identity, free.get(), true, life.value()));
    return others
        .longestGone(range)
        .map(
            gone -> {
              String address = others.byIdentity.get(gone).address();
              return others.without(gone).with(identity, address, true, life.value());
            });
  }

  /** Gives the identity an address that others chose; whoever else had it has it no more. */
  AddressTable assign(ReplicaId identity, Incarnation life, String address) {
    AddressTable others = without(identity.toString());
    for (Map.Entry<String, Entry> each : byIdentity.entrySet()) {
      if (each.getValue().address().equals(address)) others = others.without(each.getKey());
    }
    return others.with(identity, address, true, life.value());
  }

  /** Addresses of lives that are not among these. */
  Map<String, Entry> notOf(Map<ReplicaId, Incarnation> lives) {
    Map<String, Entry> left = new TreeMap<>();
    Map<String, Incarnation> byName = new TreeMap<>();
    lives.forEach((identity, life) -> byName.put(identity.toString(), life));
    byIdentity.forEach(
        (name, entry) -> {
          Incarnation life = byName.get(name);
          boolean here = life != null && entry.isOf(life);
          if (entry.live() && !here) left.put(name, entry);
        });
    return left;
  }

  /** Nobody among these lives any more. */
  AddressTable gone(Set<String> names) {
    Map<String, Entry> next = new TreeMap<>(byIdentity);
    next.replaceAll(
        (name, entry) ->
            names.contains(name)
                ? new Entry(entry.address(), false, changes + 1, entry.incarnation())
                : entry);
    return new AddressTable(next, changes + 1);
  }

  /** The address that this very life has. */
  Optional<String> heldBy(ReplicaId identity, Incarnation life) {
    return Optional.ofNullable(byIdentity.get(identity.toString()))
        .filter(entry -> entry.live() && entry.isOf(life))
        .map(Entry::address);
  }

  /**
   * The life is over; its identity's address stays its own while there are others. Nothing changes
   * when another life of it is here.
   */
  AddressTable leave(ReplicaId identity, Incarnation life) {
    return heldBy(identity, life)
        .map(address -> with(identity, address, false, life.value()))
        .orElse(this);
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

  private AddressTable with(ReplicaId identity, String address, boolean live, long life) {
    Map<String, Entry> next = new TreeMap<>(byIdentity);
    next.put(identity.toString(), new Entry(address, live, changes + 1, life));
    return new AddressTable(next, changes + 1);
  }

  private AddressTable without(String identity) {
    Map<String, Entry> next = new TreeMap<>(byIdentity);
    next.remove(identity);
    return new AddressTable(next, changes);
  }
}
