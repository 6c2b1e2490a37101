package io.ordinal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class LogPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void a_line_is_seen_before_its_end() throws IOException {
    String[] pieces = {"one.", ".", ". done\ntwo"};
    InputStream log =
        new InputStream() {
          private int next;

          @Override
          public int read() {
            throw new AssertionError("whole pieces are asked for");
          }

          @Override
          public int read(byte[] into, int from, int most) {
            String before = String.join("", java.util.Arrays.copyOf(pieces, next));
            assertThat(out.toString(UTF_8)).isEqualTo(before);
            if (next == pieces.length) return -1;
            byte[] piece = pieces[next++].getBytes(UTF_8);
            System.arraycopy(piece, 0, into, from, piece.length);
            return piece.length;
          }
        };
    LogPrinter.bytes(log, out);
    assertThat(out.toString(UTF_8)).isEqualTo("one... done\ntwo");
  }

  @Test
  void every_line_of_several_sources_has_its_prefix() throws IOException {
    LogPrinter.lines(stream("one\n\nthree"), "[pod/a] ".getBytes(UTF_8), out);
    assertThat(out.toString(UTF_8)).isEqualTo("[pod/a] one\n[pod/a] \n[pod/a] three");
  }

  @Test
  void a_line_without_end_is_cut() throws IOException {
    LogPrinter.lines(stream("x".repeat(200_000)), "p ".getBytes(UTF_8), out);
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(4)
        .allMatch(line -> line.startsWith("p x"));
    assertThat(out.toString(UTF_8).chars().filter(each -> each == 'x').count()).isEqualTo(200_000);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
