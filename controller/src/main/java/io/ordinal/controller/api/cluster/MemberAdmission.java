package io.ordinal.controller.api.cluster;

import io.ordinal.controller.node.Admission;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A node speaks from an address that it joined with. What was read of it counts for a while; what
 * speaks against it is always read anew.
 */
public final class MemberAdmission implements Admission {
  private final ObjectStore store;
  private final boolean strict;
  private final Duration age;
  private final Supplier<Duration> elapsed;
  private final Map<NodeName, Seen> seen = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  private record Seen(List<String> addresses, Duration at) {}

  /**
   * @param strict whether a node must have joined; where members talk in the clear it need not
   * @param age how long what was read counts
   * @param elapsed a clock that never goes back
   */
  public MemberAdmission(
      ObjectStore store, boolean strict, Duration age, Supplier<Duration> elapsed) {
    this.store = store;
    this.strict = strict;
    this.age = age;
    this.elapsed = elapsed;
  }

  /** How often somebody was turned away. */
  public long refused() {
    return refused.sum();
  }

  @Override
  public CompletionStage<Optional<String>> obstacle(NodeName node, String host) {
    String from = unbracketed(host);
    Seen known = seen.get(node);
    boolean counts =
        known != null
            && known.addresses().contains(from)
            && elapsed.get().minus(known.at()).compareTo(age) < 0;
    if (counts) return CompletableFuture.completedStage(Optional.empty());
    return store
        .read(Freshness.LINEARIZABLE, view -> Members.in(view, node.value()))
        .thenApply(found -> judged(node, from, found));
  }

  private Optional<String> judged(NodeName node, String from, Optional<MemberRecord> found) {
    List<String> addresses =
        found.map(MemberRecord::addresses).orElse(strict ? List.of() : List.of(from));
    if (addresses.contains(from)) {
      seen.put(node, new Seen(addresses, elapsed.get()));
      return Optional.empty();
    }
    seen.remove(node);
    refused.increment();
    return Optional.of(
        found.isPresent()
            ? "%s speaks for the node %s, which is the machine at %s"
                .formatted(from, node, String.join(", ", addresses))
            : "the node %s was removed from the cluster, or never joined: the machine at %s may join with a token"
                .formatted(node, from));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
