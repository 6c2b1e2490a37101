package io.ordinal.controller.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathTextTest {
  private final PathText text = new PathText();

  @Test
  void steps_are_put_before_each_other() {
    assertThat(text.prepend("[3]")).isTrue();
    assertThat(text.prepend(".containers")).isTrue();
    assertThat(text.prepend(".spec")).isTrue();
    assertThat(text).hasToString(".spec.containers[3]");
    assertThat(text.fromTop()).isEqualTo("spec.containers[3]");
  }

  @Test
  void of_a_long_one_the_end_is_shown() {
    assertThat(text.prepend(".replicas")).isTrue();
    assertThat(text.prepend("." + "n".repeat(2000))).isFalse();
    assertThat(text.fromTop()).startsWith("...nnn").endsWith("nnn.replicas").hasSize(1024 + 3);
  }

  @Test
  void a_long_one_is_cut_between_characters() {
    String face = "\ud83d\ude00";
    text.prepend("." + face.repeat(600));
    assertThat(text).hasToString("..." + face.repeat(512));
    PathText odd = new PathText();
    odd.prepend("." + face.repeat(600) + "x");
    assertThat(odd).hasToString("..." + face.repeat(511) + "x");
  }

  @Test
  void one_that_fits_exactly_is_whole() {
    String step = "." + "n".repeat(1023);
    assertThat(text.prepend(step)).isTrue();
    assertThat(text).hasToString(step);
    assertThat(text.prepend(".spec")).isFalse();
    assertThat(text).hasToString("..." + step);
  }
}
