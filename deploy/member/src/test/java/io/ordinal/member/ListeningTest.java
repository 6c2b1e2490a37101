package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListeningTest {
  /** Of a range for documentation, which no machine has. */
  private static final String NOBODYS = "192.0.2.7";

  private static final String FREE =
      "ordinal { member { images = /i, library = /l, artery-port = 0, management-port = 0 }\n"
          + "store.port = 0, api.port = 0 }\n";

  @Test
  void ports_that_are_free_are_taken_as_they_are() {
    assertThatCode(() -> Listening.check(settings(""))).doesNotThrowAnyException();
  }

  @Test
  void a_port_in_use_is_told_with_its_setting_and_who_has_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Throwable failure =
          catchThrowable(() -> Listening.check(settings("ordinal.store.port = " + port)));
      assertThat(failure)
          .hasMessageStartingWith(
              "ordinal.store.port = " + port + ": on 127.0.0.1 this port is taken")
          .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")")
          .hasNoCause();
      assertThat(NoWayBack.in(failure)).as("it may be free at the next start").isFalse();
    }
  }

  @Test
  void an_address_that_this_machine_has_not_is_for_a_person_to_mend() {
    String wrong = "ordinal.member { address = " + NOBODYS + ", tls = off, address-patience = 0s }";
    assertThatThrownBy(() -> Listening.check(settings(wrong)))
        .isInstanceOf(NoWayBack.class)
        .hasMessageContaining("ordinal.member.address = " + NOBODYS + ": this machine has no such");
    String late = wrong.replace("0s", "36500d");
    assertThat(catchThrowable(() -> Listening.check(settings(late))))
        .as("soon after the boot it may come yet")
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void so_is_an_interface() {
    String wrong = "ordinal { agent.network.interface = eth77, member.address-patience = 0s }";
    assertThatThrownBy(() -> Listening.check(settings(wrong)))
        .isInstanceOf(NoWayBack.class)
        .hasMessageContaining("ordinal.agent.network.interface = eth77: this machine has no such");
    assertThatCode(() -> Listening.check(settings(wrong + "\nordinal.member.roles = [controller]")))
        .as("only nodes put addresses there")
        .doesNotThrowAnyException();
  }

  private static MemberSettings settings(String text) {
    return MemberSettings.of(
        ConfigFactory.parseString(text).withFallback(ConfigFactory.parseString(FREE)));
  }
}
