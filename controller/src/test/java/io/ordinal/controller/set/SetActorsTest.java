package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SetActorsTest {
  @Test
  void the_settings_that_come_with_it_are_complete() {
    SetSettings read = SetSettings.from(ConfigFactory.load());
    assertThat(read.resync()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void hears_everything_that_it_can_be_told() {
    List<String> handlers =
        Stream.of(SetController.class, SetSequencer.class)
            .flatMap(actor -> Stream.of(actor.getDeclaredMethods()))
            .map(Method::getName)
            .toList();
    Stream.of(SetController.Command.class, SetSequencer.Command.class)
        .flatMap(each -> Stream.of(each.getPermittedSubclasses()))
        .forEach(each -> assertThat(handlers).contains("on" + each.getSimpleName()));
  }

  @Test
  void settings_that_contradict_each_other_are_refused_by_name() {
    var contradicting =
        ConfigFactory.parseString("ordinal.sets.retry-first = 1m")
            .withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> SetSettings.from(contradicting))
        .hasMessageContaining("ordinal.sets.retry-first");
  }
}
