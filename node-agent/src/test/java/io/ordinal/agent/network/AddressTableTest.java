package io.ordinal.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTableTest {
  private static final Incarnation ONE = new Incarnation(1);
  private static final AddressRange SIX = AddressRange.parse("127.64.0.0/29");

  @Test
  void a_range_leaves_out_its_ends() {
    assertThat(SIX.count()).isEqualTo(6);
    assertThat(SIX.at(0)).isEqualTo("127.64.0.1");
    assertThat(SIX.at(5)).isEqualTo("127.64.0.6");
    AddressRange wide = AddressRange.parse("127.64.3.7/20");
    assertThat(wide.at(0)).isEqualTo("127.64.0.1");
    assertThat(wide.at(wide.count() - 1)).isEqualTo("127.64.15.254");
    assertThat(wide.contains("127.64.16.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1", "x/20", "127.0.0.0/31", "127.0.0.0/2"})
  void what_is_no_range_is_refused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .hasMessageContaining("ordinal.agent.network.pods");
  }

  @Test
  void only_the_address_that_was_left_longest_ago_is_given_away() {
    AddressTable table = AddressTable.EMPTY;
    for (int i = 0; i < 6; i++) table = table.occupy(id(i), ONE, SIX).orElseThrow();
    assertThat(table.occupy(id(6), ONE, SIX)).isEmpty();
    table = table.leave(id(3), ONE).leave(id(1), ONE);
    String third = table.addressOf(id(3)).orElseThrow();
    AddressTable given = table.occupy(id(6), ONE, SIX).orElseThrow();
    assertThat(given.addressOf(id(6))).contains(third);
    assertThat(given.addressOf(id(3))).isEmpty();
    assertThat(given.addressOf(id(1))).isPresent();
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_two_live_identities_share_an_address_and_nobody_alive_changes_his(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    AddressTable table = AddressTable.EMPTY;
    Map<Integer, String> live = new HashMap<>();
    for (int step = 0; step < 200; step++) {
      int who = random.nextInt(10);
      if (random.nextInt(3) == 0) {
        table = table.leave(id(who), ONE);
        live.remove(who);
      } else {
        Optional<AddressTable> next = table.occupy(id(who), ONE, SIX);
        assertThat(next.isEmpty())
            .as("seed %d: refused only when full", seed)
            .isEqualTo(live.size() == 6 && !live.containsKey(who));
        if (next.isPresent()) {
          table = next.get();
          String address = table.addressOf(id(who)).orElseThrow();
          String before = live.put(who, address);
          assertThat(before == null || before.equals(address)).as("seed %d", seed).isTrue();
        }
      }
      List<String> used = new ArrayList<>(live.values());
      Set<String> distinct = new HashSet<>(used);
      assertThat(distinct).as("seed %d", seed).hasSameSizeAs(used);
    }
  }

  private static ReplicaId id(int number) {
    return new ReplicaId("test", "pod-" + number);
  }
}
