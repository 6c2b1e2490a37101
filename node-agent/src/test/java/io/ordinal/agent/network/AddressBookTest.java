package io.ordinal.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.volume.Orders;
import io.ordinal.protocol.agent.LifeOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressBookTest {
  private static final NetworkSettings SETTINGS =
      new NetworkSettings(Optional.of("127.64.0.0/29"), "127.0.0.1", Optional.empty());

  @TempDir Path directory;
  private final FakeInterface wire = new FakeInterface();

  @Test
  void an_identity_finds_its_address_again_after_the_book_was_closed() throws Exception {
    LifeOrder first = Orders.life("a", 5).build();
    String address = book().addressOf(first).toCompletableFuture().get();
    book().release(first).toCompletableFuture().get();
    String other = book().addressOf(Orders.life("b", 6).build()).toCompletableFuture().get();
    assertThat(other).isNotEqualTo(address);
    assertThat(book().addressOf(Orders.life("a", 9).build()).toCompletableFuture().get())
        .isEqualTo(address);
  }

  @Test
  void an_address_can_be_used_at_once() throws Exception {
    String address = book().addressOf(Orders.life("a", 5).build()).toCompletableFuture().get();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      assertThat(socket.getInetAddress().getHostAddress()).isEqualTo(address);
    }
  }

  @Test
  void without_a_range_every_pod_has_the_nodes_address() throws Exception {
    NetworkSettings settings = new NetworkSettings(Optional.empty(), "192.0.2.7", Optional.empty());
    AddressBook book = new AddressBook(directory.resolve("book"), settings, Runnable::run);
    assertThat(book.addressOf(Orders.life("a", 5).build()).toCompletableFuture().get())
        .isEqualTo("192.0.2.7");
  }

  @Test
  void an_address_that_the_controllers_chose_is_taken_and_stands_while_its_life_does()
      throws Exception {
    LifeOrder first = Orders.life("a", 5).at("10.1.0.7").build();
    AddressBook book = wired();
    assertThat(book.addressOf(first).toCompletableFuture().get()).isEqualTo("10.1.0.7");
    assertThat(wire.standing).containsExactly("10.1.0.7");
    book.leave(first).toCompletableFuture().get();
    assertThat(wire.standing).isEmpty();
  }

  @Test
  void a_life_that_ended_takes_nothing_from_the_next_one() throws Exception {
    LifeOrder first = Orders.life("a", 5).at("10.1.0.7").build();
    LifeOrder next = Orders.life("a", 9).at("10.1.0.7").build();
    AddressBook book = wired();
    book.addressOf(first).toCompletableFuture().get();
    book.addressOf(next).toCompletableFuture().get();
    wired().leave(first).toCompletableFuture().get();
    assertThat(wire.standing).containsExactly("10.1.0.7");
  }

  @Test
  void what_nobody_has_any_more_is_taken_away_at_the_start() throws Exception {
    LifeOrder lost = Orders.life("a", 5).at("10.1.0.7").build();
    LifeOrder kept = Orders.life("b", 6).at("10.1.0.8").build();
    wired().addressOf(lost).toCompletableFuture().get();
    wired().addressOf(kept).toCompletableFuture().get();
    wired().keepOnly(Map.of(kept.replica(), kept.incarnation())).toCompletableFuture().get();
    assertThat(wire.standing).containsExactly("10.1.0.8");
  }

  @Test
  void what_this_machine_answers_for_anyway_is_put_nowhere() throws Exception {
    AddressBook book = wired();
    book.addressOf(Orders.life("a", 5).at("192.0.2.1").build()).toCompletableFuture().get();
    book.addressOf(Orders.life("b", 5).at("127.70.0.1").build()).toCompletableFuture().get();
    assertThat(wire.standing).isEmpty();
  }

  @Test
  void a_life_whose_address_cannot_stand_is_refused() {
    wire.broken = true;
    LifeOrder life = Orders.life("a", 5).at("10.1.0.7").build();
    assertThatThrownBy(() -> wired().addressOf(life).toCompletableFuture().get())
        .hasCauseInstanceOf(LaunchRefused.class)
        .hasMessageContaining("out of order");
  }

  @Test
  void a_life_whose_address_this_machine_does_not_answer_for_is_refused_without_an_interface() {
    LifeOrder life = Orders.life("a", 5).at("192.0.2.77").build();
    assertThatThrownBy(() -> book().addressOf(life).toCompletableFuture().get())
        .hasCauseInstanceOf(LaunchRefused.class)
        .hasMessageContaining("ordinal.agent.network.interface");
  }

  private AddressBook book() {
    return new AddressBook(directory.resolve("book"), SETTINGS, Runnable::run);
  }

  private AddressBook wired() {
    NetworkSettings settings =
        new NetworkSettings(Optional.empty(), "192.0.2.1", Optional.of("eth0"));
    return new AddressBook(directory.resolve("book"), settings, Runnable::run, wire);
  }

  private static final class FakeInterface implements PodInterface {
    final Set<String> standing = new TreeSet<>();
    boolean broken;

    @Override
    public void add(String address) throws IOException {
      if (broken) throw new IOException("the interface is out of order");
      standing.add(address);
    }

    @Override
    public void remove(String address) {
      standing.remove(address);
    }
  }
}
