package io.ordinal.controller.network;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which address of the cluster's pool an identity has. It is given at the first placement and kept
 * while the pool lasts: only when it is used up may an identity that nothing remembers any more
 * lose its address to another one. Pure over a view.
 */
public final class PodAddresses {
  /** id: the address; value: the replica that has it. */
  private static final String OWNERS = "address";

  /** id: the replica; value: its address. */
  private static final String ADDRESSES = "replica-address";

  private static final Pattern ORDINAL = Pattern.compile("(.*)-([0-9]{1,9})");

  /** Spreads neighbouring hash codes (2^32 divided by the golden ratio). */
  private static final int SPREAD = 0x9E3779B1;

  private static final Nothing NOTHING = new Nothing();

  private PodAddresses() {}

  /** What to commit so that a replica has the address that it ought to. */
  public sealed interface Assignment {
    /** What goes into the transaction that places it. */
    default List<Operation> operations() {
      return List.of();
    }
  }

  /** It has one already, or needs none. */
  public record Nothing() implements Assignment {}

  /** There is no pool any more; its node chooses again. */
  public record GiveBack(List<Operation> operations) implements Assignment {
    public GiveBack {
      operations = List.copyOf(operations);
    }
  }

  /** Conditional on nobody having taken it meanwhile. */
  public record Take(String address, List<Operation> operations) implements Assignment {
    public Take {
      operations = List.copyOf(operations);
    }
  }

  /** Every address belongs to somebody. */
  public record Exhausted(String message) implements Assignment {}

  /** The address that the replica has. */
  public static Optional<String> of(View view, ReplicaId replica) {
    return view.record(addressKey(replica)).map(PodAddresses::text);
  }

  /**
   * Begins to look at a place that follows from the replica's name, so that placements at the same
   * moment seldom want the same address; replicas of a set get neighbouring ones where they can.
   *
   * @param remembered whether anything of this replica is still there
   */
  public static Assignment assign(
      View view, Optional<AddressPool> pool, ReplicaId replica, Predicate<ReplicaId> remembered) {
    Optional<String> present = of(view, replica);
    if (pool.isEmpty())
      return present.<Assignment>map(had -> giveBack(had, replica)).orElse(NOTHING);
    AddressPool range = pool.get();
    if (present.filter(range::contains).isPresent()) return NOTHING;
    int start = place(replica, range.count());
    for (int step = 0; step < range.count(); step++) {
      String address = range.at((start + step) % range.count());
      if (view.record(ownerKey(address)).isEmpty()) return take(view, address, replica);
    }
    for (int step = 0; step < range.count(); step++) {
      String address = range.at((start + step) % range.count());
      ReplicaId owner = ReplicaId.parse(text(view.record(ownerKey(address)).orElseThrow()));
      if (!remembered.test(owner)) return takeOver(view, address, owner, replica);
    }
    return new Exhausted(
        "every address of ordinal.network.pods ("
            + range.count()
            + ") belongs to a replica; widen the range");
  }

  private static GiveBack giveBack(String address, ReplicaId replica) {
    return new GiveBack(
        List.of(
            new Operation.DeleteRecord(ownerKey(address), RecordCondition.ANY),
            new Operation.DeleteRecord(addressKey(replica), RecordCondition.ANY)));
  }

  private static int place(ReplicaId replica, int count) {
    Matcher name = ORDINAL.matcher(replica.toString());
    if (!name.matches()) return Math.floorMod(replica.toString().hashCode() * SPREAD, count);
    int set = Math.floorMod(name.group(1).hashCode() * SPREAD, count);
    return (int) ((set + Long.parseLong(name.group(2))) % count);
  }

  private static Take take(View view, String address, ReplicaId replica) {
    RecordKey owner = ownerKey(address);
    List<Operation> operations = new ArrayList<>();
    operations.add(
        new Operation.PutRecord(
            owner, bytes(replica.toString()), RecordCondition.at(view.recordVersion(owner))));
    operations.add(
        new Operation.PutRecord(addressKey(replica), bytes(address), RecordCondition.ANY));
    of(view, replica) // Of another pool.
        .map(former -> new Operation.DeleteRecord(ownerKey(former), RecordCondition.ANY))
        .ifPresent(operations::add);
    return new Take(address, operations);
  }

  private static Take takeOver(View view, String address, ReplicaId from, ReplicaId replica) {
    List<Operation> operations = new ArrayList<>(take(view, address, replica).operations());
    operations.add(new Operation.DeleteRecord(addressKey(from), RecordCondition.ANY));
    return new Take(address, operations);
  }

  private static RecordKey ownerKey(String address) {
    return new RecordKey(OWNERS, address);
  }

  private static RecordKey addressKey(ReplicaId replica) {
    return new RecordKey(ADDRESSES, replica.toString());
  }

  private static String text(StoredRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
