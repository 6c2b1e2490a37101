package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrillActorsTest {
  @Test
  void the_settings_that_come_with_it_are_complete() {
    DrillSettings settings = DrillSettings.from(ConfigFactory.load());
    assertThat(settings.look()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void settings_that_contradict_each_other_are_refused_by_name() {
    var contradicting =
        ConfigFactory.parseString("ordinal.drills.resync = 1ms").withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> DrillSettings.from(contradicting))
        .hasMessageContaining("ordinal.drills.resync");
  }

  @Test
  void hears_everything_that_it_can_be_told() {
    List<String> handlers =
        Stream.of(DrillController.class, DrillWitness.class, Prober.class, ServiceProber.class)
            .flatMap(actor -> Stream.of(actor.getDeclaredMethods()))
            .map(Method::getName)
            .toList();
    Stream.of(
            DrillController.Command.class,
            DrillWitness.Command.class,
            Prober.Command.class,
            ServiceProber.Command.class)
        .flatMap(each -> Stream.of(each.getPermittedSubclasses()))
        .forEach(each -> assertThat(handlers).contains("on" + each.getSimpleName()));
  }
}
