package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
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

  /** A cable may be out for days, and the member must come back with it. */
  @Test
  void an_address_that_this_machine_has_not_may_come_yet() {
    assertMayCome(
        "ordinal.member { address = " + NOBODYS + ", tls = off }",
        "ordinal.member.address = " + NOBODYS + ": this machine has no such address now; it has ");
  }

  @Test
  void so_may_an_interface() {
    String missing = "ordinal.agent.network.interface = eth77";
    assertMayCome(missing, missing + ": this machine has no such interface now; it has ");
    assertThatCode(
            () -> Listening.check(settings(missing + "\nordinal.member.roles = [controller]")))
        .as("only nodes put addresses there")
        .doesNotThrowAnyException();
  }

  @Test
  void so_may_the_address_of_a_name() {
    String unknown = "ordinal.store.address = nobody.invalid";
    assertMayCome(unknown, unknown + ": this name has no address");
  }

  @Test
  void so_may_the_interface_that_is_part_of_an_address() {
    assertMayCome(
        "ordinal.member { address = \"fe80::1%eth77\", tls = off }",
        "ordinal.member.address = fe80::1%eth77: ");
  }

  @Test
  void what_can_be_no_address_is_for_a_person_to_mend() {
    for (String wrong : List.of("10.0.0.300", "10.0.0.1.2", "fe80::1::2", "here")) {
      assertThatThrownBy(() -> settings("ordinal.member.address = \"" + wrong + "\""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected an IP address, found '" + wrong + "'");
    }
    for (String wrong : List.of("10.0.0.300", "fe80::1::2", "no name", "a..b")) {
      MemberSettings settings = settings("ordinal.store.address = \"" + wrong + "\"");
      assertThatThrownBy(() -> Listening.check(settings))
          .isInstanceOf(NoWayBack.class)
          .hasMessageContaining("ordinal.store.address = " + wrong + ": neither an address nor");
    }
  }

  /** In one line, and so that the service tries again. */
  private static void assertMayCome(String settings, String told) {
    Throwable failure = catchThrowable(() -> Listening.check(settings(settings)));
    assertThat(failure).isNotNull().hasNoCause();
    assertThat(failure.getMessage()).contains(told).doesNotContain("\n");
    assertThat(NoWayBack.in(failure)).isFalse();
  }

  private static MemberSettings settings(String text) {
    return MemberSettings.of(
        ConfigFactory.parseString(text).withFallback(ConfigFactory.parseString(FREE)));
  }
}
