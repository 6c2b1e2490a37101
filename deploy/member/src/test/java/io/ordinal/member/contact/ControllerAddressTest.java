package io.ordinal.member.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ControllerAddressTest {
  private static final int USUAL = 7650;

  @Test
  void an_entry_without_a_port_has_the_usual_one() {
    assertThat(ControllerAddress.parse("10.0.0.1", USUAL))
        .isEqualTo(new ControllerAddress("10.0.0.1", USUAL));
    assertThat(ControllerAddress.parse("10.0.0.1:7", USUAL))
        .isEqualTo(new ControllerAddress("10.0.0.1", 7));
  }

  @Test
  void addresses_of_version_6_are_told_from_ports() {
    assertThat(ControllerAddress.parse("fd00::1", USUAL))
        .isEqualTo(new ControllerAddress("fd00::1", USUAL));
    assertThat(ControllerAddress.parse("[fd00::1]:7", USUAL))
        .isEqualTo(new ControllerAddress("fd00::1", 7));
    assertThat(ControllerAddress.parse("[fd00::1]", USUAL)).hasToString("[fd00::1]:7650");
  }

  @Test
  void says_what_was_expected_and_found() {
    assertThatThrownBy(() -> ControllerAddress.parse("c1:http", USUAL))
        .hasMessage("ordinal.member.controllers: expected host or host:port, found 'c1:http'");
    assertThatThrownBy(() -> ControllerAddress.parse("https://c1", USUAL))
        .hasMessageContaining("expected host or host:port");
    assertThatThrownBy(() -> ControllerAddress.parse("c1:70000", USUAL))
        .hasMessageContaining("70000");
  }
}
