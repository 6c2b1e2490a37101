package io.ordinal.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.volume.Orders;
import io.ordinal.protocol.agent.LifeOrder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressBookTest {
  private static final NetworkSettings SETTINGS =
      new NetworkSettings(Optional.of("127.64.0.0/29"), "127.0.0.1");

  @TempDir Path directory;

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
    NetworkSettings settings = new NetworkSettings(Optional.empty(), "192.0.2.7");
    AddressBook book = new AddressBook(directory.resolve("book"), settings, Runnable::run);
    assertThat(book.addressOf(Orders.life("a", 5).build()).toCompletableFuture().get())
        .isEqualTo("192.0.2.7");
  }

  private AddressBook book() {
    return new AddressBook(directory.resolve("book"), SETTINGS, Runnable::run);
  }
}
