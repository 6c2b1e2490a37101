package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class MemberSettingsTest {
  private static final String INSTALLED = "ordinal.member { images = /i, library = /l }\n";

  @Test
  void a_node_takes_from_others_only_what_they_tell_its_agent() {
    String untrusting = "pekko.remote.artery.untrusted-mode";
    Config node =
        ConfigFactory.parseString("ordinal.member { roles = [node], controllers = [c1] }");
    assertThat(MemberSettings.of(node).config().getBoolean(untrusting)).isTrue();
    assertThat(MemberSettings.of(ConfigFactory.empty()).config().getBoolean(untrusting)).isFalse();
  }

  @Test
  void a_name_that_no_node_can_have_is_refused() {
    for (String name : new String[] {"R6", "r_6", "-r6", "r6.", "r 6"}) {
      assertThatThrownBy(() -> settings("ordinal.member.node-name = \"" + name + "\""))
          .hasMessageContaining("ordinal.member.node-name")
          .hasMessageContaining("found '" + name + "'");
    }
    assertThat(settings("ordinal.member.node-name = rack-1.r6").node()).hasToString("rack-1.r6");
  }

  @Test
  void the_defaults_are_a_cluster_on_this_machine_only() {
    var settings = settings("");
    assertThat(settings.isController()).isTrue();
    assertThat(settings.config().getString("ordinal.api.bind-address")).isEqualTo("127.0.0.1");
    assertThat(settings.config().getString("pekko.actor.provider")).isEqualTo("cluster");
  }

  @Test
  void an_address_on_the_network_is_taken_for_the_store_and_the_node_too() {
    var config = settings("ordinal.member.address = 10.0.0.1").config();
    assertThat(config.getString("ordinal.store.address")).isEqualTo("10.0.0.1");
    assertThat(config.getString("ordinal.agent.network.node-address")).isEqualTo("10.0.0.1");
    assertThat(config.getString("ordinal.api.bind-address")).isEqualTo("0.0.0.0");
    assertThat(config.getString("ordinal.agent.network.pods")).isEmpty();
  }

  @Test
  void what_the_operator_says_is_not_derived() {
    var config =
        settings(
                "ordinal { member.address = 10.0.0.1, store.address = ${other} }, other = 10.1.0.1")
            .config();
    assertThat(config.getString("ordinal.store.address")).isEqualTo("10.1.0.1");
  }

  @Test
  void a_member_that_is_only_a_node_joins_no_cluster() {
    var settings =
        settings("ordinal.member { roles = [node], artery-port = 7, controllers = [\"c1\"] }");
    assertThat(settings.config().getString("pekko.actor.provider")).isEqualTo("remote");
    assertThat(settings.controllers()).hasToString("[c1:7]");
  }

  @Test
  void a_member_that_is_only_a_node_must_know_a_controller() {
    assertThatThrownBy(() -> settings("ordinal.member.roles = [node]"))
        .hasMessageContaining("ordinal.member.controllers is empty");
  }

  @Test
  void members_are_known_by_addresses() {
    assertThatThrownBy(() -> settings("ordinal.member.address = c1.example"))
        .hasMessage("ordinal.member.address: expected an IP address, found 'c1.example'");
  }

  private static MemberSettings settings(String text) {
    return MemberSettings.of(ConfigFactory.parseString(INSTALLED + text));
  }
}
