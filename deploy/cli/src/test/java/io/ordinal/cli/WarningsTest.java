package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WarningsTest {
  @Test
  void each_is_printed_once() {
    StringWriter out = new StringWriter();
    Warnings warnings = new Warnings(new PrintWriter(out));
    warnings.accept("a");
    warnings.accept("b");
    warnings.accept("a");
    assertThat(out.toString()).isEqualTo("Warning: a\nWarning: b\n");
  }
}
