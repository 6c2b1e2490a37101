package io.ordinal.controller.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.network.PodAddresses.Assignment;
import io.ordinal.controller.network.PodAddresses.Exhausted;
import io.ordinal.controller.network.PodAddresses.Nothing;
import io.ordinal.controller.network.PodAddresses.Take;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.ReplicaId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodAddressesTest {
  private static final Optional<AddressPool> POOL = AddressPool.parse("10.1.0.0/29");
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Set<ReplicaId> remembered = new HashSet<>();

  @Test
  void an_identity_keeps_its_address() {
    String address = placed("db-0");
    assertThat(assign("db-0")).isInstanceOf(Nothing.class);
    assertThat(addressOf("db-0")).contains(address);
  }

  @Test
  void every_identity_has_another_address_and_siblings_have_neighbouring_ones() {
    AddressPool wide = AddressPool.parse("10.1.0.0/16").orElseThrow();
    Set<String> addresses = new HashSet<>();
    String first = taken(assign(Optional.of(wide), "db-0"));
    String second = taken(assign(Optional.of(wide), "db-1"));
    for (int ordinal = 2; ordinal < 100; ordinal++) {
      addresses.add(taken(assign(Optional.of(wide), "db-" + ordinal)));
    }
    assertThat(addresses).hasSize(98).doesNotContain(first, second);
    assertThat(number(second)).isEqualTo(number(first) + 1);
  }

  @Test
  void of_two_who_want_one_address_at_once_the_second_is_refused() {
    Take first = (Take) assign("db-0");
    Take again = (Take) assign("db-0");
    assertThat(commit(first)).isInstanceOf(Outcome.Committed.class);
    assertThat(commit(again)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_pool_that_is_used_up_takes_from_those_that_nothing_remembers() {
    for (int ordinal = 0; ordinal < 6; ordinal++) placed("db-" + ordinal);
    remembered.remove(id("db-3"));
    String former = addressOf("db-3").orElseThrow();
    assertThat(placed("other-0")).isEqualTo(former);
    assertThat(addressOf("db-3")).isEmpty();
    assertThat(assign("other-1")).isInstanceOf(Exhausted.class);
  }

  @Test
  void another_pool_means_another_address() {
    placed("db-0");
    String moved = taken(assign(AddressPool.parse("10.2.0.0/24"), "db-0"));
    assertThat(moved).startsWith("10.2.0.");
    assertThat(addressOf("db-0")).contains(moved);
  }

  @Test
  void without_a_pool_what_was_given_is_given_back() {
    placed("db-0");
    Assignment back = assign(Optional.empty(), "db-0");
    store.commit(new Transaction(back.operations())).toCompletableFuture().join();
    assertThat(addressOf("db-0")).isEmpty();
    assertThat(placed("db-0")).isNotEmpty();
  }

  @Test
  void without_a_pool_nobody_is_given_an_address() {
    assertThat(assign(Optional.empty(), "db-0")).isInstanceOf(Nothing.class);
  }

  private String placed(String name) {
    remembered.add(id(name));
    return taken(assign(name));
  }

  private String taken(Assignment assignment) {
    Take take = (Take) assignment;
    assertThat(commit(take)).isInstanceOf(Outcome.Committed.class);
    return take.address();
  }

  private Outcome commit(Take take) {
    return store.commit(new Transaction(take.operations())).toCompletableFuture().join();
  }

  private Assignment assign(String name) {
    return assign(POOL, name);
  }

  private Assignment assign(Optional<AddressPool> pool, String name) {
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> PodAddresses.assign(view, pool, id(name), remembered::contains))
        .toCompletableFuture()
        .join();
  }

  private Optional<String> addressOf(String name) {
    return store
        .read(Freshness.LINEARIZABLE, view -> PodAddresses.of(view, id(name)))
        .toCompletableFuture()
        .join();
  }

  private static ReplicaId id(String name) {
    return new ReplicaId("default", name);
  }

  private static long number(String address) {
    String[] octets = address.split("\\.");
    return Long.parseLong(octets[2]) * 256 + Long.parseLong(octets[3]);
  }
}
