package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {
  /** Names of files, which are read where they are used. */
  private static final Config PLACES =
      ConfigFactory.parseString(
          "ordinal.member { data-directory = /none/at/all, images = /i, library = /l }");

  @TempDir private Path directory;

  @Test
  void every_key_of_every_module_is_read_before_anything_is_opened() {
    List<String> unread =
        usual().keySet().stream().filter(key -> !isRefused(key, Map.of())).toList();
    assertThat(unread)
        .as("keys that may say anything")
        .containsExactly("ordinal.agent.host.node"); // Follows from ordinal.member.node-name.
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_key_to_blame_is_named_whichever_it_is(long seed) {
    List<String> keys = new ArrayList<>(usual().keySet());
    keys.remove("ordinal.agent.host.node");
    Collections.shuffle(keys, new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    for (String key : keys.subList(0, 5)) {
      assertThatThrownBy(() -> Blame.of(with(key, Map.of()), SettingsCheck::read))
          .as("seed %d", seed)
          .isInstanceOf(WrongSettings.class)
          .hasMessageStartingWith("a test: " + key);
    }
  }

  @Test
  void no_number_and_no_time_is_below_zero() {
    List<String> taken = new ArrayList<>();
    usual()
        .forEach(
            (key, value) -> {
              Object usual = value.unwrapped();
              boolean time = usual instanceof String text && text.matches("\\d+(ms|s|m|h|d)");
              boolean ours = !key.startsWith("ordinal.api.http.");
              if (!ours || !(usual instanceof Number || time)) return;
              if (!isRefused(key, time ? "-1s" : -1)) taken.add(key);
            });
    assertThat(taken).isEmpty();
  }

  @Test
  void a_value_that_cannot_be_read_is_told_with_its_place_and_what_was_expected()
      throws IOException {
    assertThat(told("\nordinal.nodes.lease = soon"))
        .isEqualTo(
            file()
                + ":2: ordinal.nodes.lease = \"soon\": No number in duration value 'soon' (default: 6s)");
    assertThat(told("ordinal { network.pods = \"10.99.8.0/99\" }"))
        .isEqualTo(
            file()
                + ":1: ordinal.network.pods: expected an IPv4 range such as 10.20.0.0/16, with a"
                + " prefix of 8 to 30, found '10.99.8.0/99'");
    assertThat(told("ordinal.agent.drills.enabled = perhaps"))
        .isEqualTo(
            file()
                + ":1: ordinal.agent.drills.enabled: expected auto, true or false, found 'perhaps'");
    assertThat(told("ordinal.api.port = blue"))
        .isEqualTo(
            file()
                + ":1: ordinal.api.port = \"blue\": expected number, found string (default: 6443)");
    assertThat(told("ordinal.api.log.piece = 100 GiB")).contains(":1: ordinal.api.log.piece = ");
  }

  @Test
  void keys_that_contradict_each_other_are_both_named() throws IOException {
    assertThat(told("ordinal.nodes.late = 30s\nordinal.nodes.lease = 20s"))
        .contains(file() + ":1: ordinal.nodes.late = \"30s\"")
        .contains(file() + ":2: ordinal.nodes.lease = \"20s\"")
        .endsWith("ordinal.nodes.late (PT30S) must be below lease (PT20S)");
  }

  @Test
  void a_file_that_is_no_configuration_is_told_with_the_line() throws IOException {
    assertThat(told("ordinal.member { roles = [node]")).startsWith(file() + ":1: ");
    assertThat(told("ordinal.api.port = ${none}")).contains(file() + ":1: ", "${none}");
  }

  @Test
  void a_mistyped_key_is_refused_with_the_nearest_one() throws IOException {
    assertThat(told("ordinal.member.adress = \"10.99.0.1\""))
        .isEqualTo(
            file()
                + ":1: ordinal.member.adress is no setting of Ordinal; the nearest is"
                + " ordinal.member.address");
    assertThat(told("ordinal.lease = 3s")).endsWith("the nearest is ordinal.nodes.lease");
    assertThat(told("ordinal { nods { lease = 3s } }")).endsWith("the nearest is ordinal.nodes");
    assertThat(told("ordinl.member.roles = [node]")).endsWith("the nearest is ordinal");
    assertThat(told("ordinal.api.http.server.request-timeot = 1s"))
        .endsWith("the nearest is ordinal.api.http.server.request-timeout");
  }

  @Test
  void what_pekko_http_has_and_names_for_substitution_are_no_slips() throws IOException {
    String fine =
        "mine = 7s\nordinal { nodes.lease = ${mine}, api.http.server.linger-timeout = 1s }\n"
            + "pekko.loglevel = DEBUG";
    assertThat(MemberSettings.checked(written(fine), PLACES).roles()).isNotEmpty();
  }

  @Test
  void a_member_that_runs_can_be_stopped_whatever_its_file_says_meanwhile() throws IOException {
    Path file = written("ordinal.member.adress = 1");
    assertThat(MemberSettings.load(file).roles()).isNotEmpty();
    assertThatThrownBy(() -> MemberSettings.checked(file, PLACES))
        .isInstanceOf(WrongSettings.class);
  }

  private static boolean isRefused(String key, Object value) {
    return catchThrowable(() -> SettingsCheck.read(with(key, value))) != null;
  }

  private static Config with(String key, Object value) {
    return PLACES.withValue(key, ConfigValueFactory.fromAnyRef(value, "a test"));
  }

  private static Map<String, ConfigValue> usual() {
    Map<String, ConfigValue> found = new TreeMap<>();
    collect("ordinal", ConfigFactory.defaultReference().getObject("ordinal"), found);
    assertThat(found.keySet()).hasSizeGreaterThan(150);
    return found;
  }

  private static void collect(String path, ConfigObject from, Map<String, ConfigValue> found) {
    from.forEach(
        (name, value) -> {
          if (value instanceof ConfigObject below) collect(path + "." + name, below, found);
          else found.put(path + "." + name, value);
        });
  }

  private String told(String text) throws IOException {
    Path file = written(text);
    Throwable failure = catchThrowable(() -> MemberSettings.checked(file, PLACES));
    assertThat(failure).isInstanceOf(WrongSettings.class);
    assertThat(failure.getMessage()).doesNotContain("\n");
    return failure.getMessage();
  }

  private Path file() {
    return directory.resolve("settings.conf");
  }

  private Path written(String text) throws IOException {
    return Files.writeString(file(), text);
  }
}
