package io.ordinal.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterActorsTest {
  /** The receive builder is not checked by the compiler. */
  @Test
  void every_command_has_a_handler() {
    Stream<Class<?>> ofFormation =
        Stream.concat(
            Arrays.stream(Formation.Command.class.getPermittedSubclasses())
                .filter(each -> !each.isInterface()),
            Arrays.stream(FormationMessage.class.getPermittedSubclasses()));
    assertThat(handlers(Formation.class)).containsAll(names(ofFormation));
    assertThat(handlers(Downing.class))
        .containsAll(names(Arrays.stream(Downing.Command.class.getPermittedSubclasses())));
  }

  @Test
  void the_reference_is_enough_and_a_short_founding_is_refused() {
    var config = ConfigFactory.load().getConfig("ordinal.cluster");
    ClusterSettings.of(config);
    var hasty = ConfigFactory.parseString("found-after = 100ms").withFallback(config);
    assertThatThrownBy(() -> ClusterSettings.of(hasty)).hasMessageContaining("found-after");
  }

  private static List<String> handlers(Class<?> actor) {
    return Arrays.stream(actor.getDeclaredMethods()).map(Method::getName).toList();
  }

  private static List<String> names(Stream<Class<?>> commands) {
    return commands.map(each -> "on" + each.getSimpleName()).toList();
  }
}
