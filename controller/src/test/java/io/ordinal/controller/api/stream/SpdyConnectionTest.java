package io.ordinal.controller.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Adler32;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpdyConnectionTest {
  private final SpdyConnection connection = new SpdyConnection();
  private final SpdyClient client = new SpdyClient();
  private final Heard heard = new Heard();

  @Test
  void the_dictionary_is_the_one_of_the_specification() {
    Adler32 sum = new Adler32();
    sum.update(SpdyDictionary.bytes());
    assertThat(SpdyDictionary.bytes()).hasSize(1423);
    assertThat(sum.getValue()).isEqualTo(0xe3c6a7c2L); // As every SPDY/3 stream begins.
  }

  /** Whole, in halves, byte by byte: the connection cuts as it likes. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void frames_are_understood_however_they_are_cut(long seed) {
    ByteString all =
        client
            .open(1, Map.of("streamtype", "stdin"))
            .concat(client.open(3, Map.of("streamtype", "error", "port", "80")))
            .concat(SpdyClient.data(1, "hello", false))
            .concat(SpdyClient.control(4, 7)) // SETTINGS: passed over.
            .concat(SpdyClient.data(1, "", true))
            .concat(SpdyClient.control(6, 5))
            .concat(SpdyClient.control(3, 3));
    Random random = new Random(seed);
    while (!all.isEmpty()) {
      int size = seed == 0 ? all.size() : 1 + random.nextInt(seed == 1 ? 1 : 20);
      connection.received(all.take(size), heard);
      all = all.drop(size);
    }
    assertThat(heard.merged())
        .containsExactly(
            "open 1 {streamtype=stdin}",
            "open 3 {port=80, streamtype=error}",
            "data 1 hello",
            "end 1",
            "reset 3");
    assertThat(heard.replies).hasSize(3); // Two streams, one ping.
    assertThat(heard.replies.get(2)).isEqualTo(SpdyClient.control(6, 5));
  }

  @Test
  void what_is_not_spdy_breaks_the_connection_once() {
    connection.received(ByteString.fromArray(new byte[] {-1, 2, 3, 4, 5, 6, 7, 8}), heard);
    connection.received(client.open(1, Map.of()), heard);
    assertThat(heard.said).containsExactly("broken a frame that is not SPDY/3");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void random_bytes_do_no_harm(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 8 && random.nextBoolean()) {
        System.arraycopy(
            new byte[] {(byte) 0x80, 3, 0, (byte) random.nextInt(9), 0, 0, 0}, 0, bytes, 0, 7);
      }
      new SpdyConnection().received(ByteString.fromArray(bytes), heard);
    }
  }

  private static final class Heard implements SpdyConnection.Ears {
    private final List<String> said = new ArrayList<>();
    private final List<ByteString> replies = new ArrayList<>();

    /** What was said, with the pieces of one stream's data as one. */
    List<String> merged() {
      List<String> merged = new ArrayList<>();
      for (String each : said) {
        String last = merged.isEmpty() ? "" : merged.get(merged.size() - 1);
        if (each.startsWith("data 1 ") && last.startsWith("data 1 ")) {
          merged.set(merged.size() - 1, last + each.substring("data 1 ".length()));
        } else {
          merged.add(each);
        }
      }
      return merged;
    }

    @Override
    public void opened(int stream, Map<String, String> headers) {
      said.add("open " + stream + " " + new java.util.TreeMap<>(headers));
    }

    @Override
    public void data(int stream, ByteString bytes) {
      said.add("data " + stream + " " + bytes.utf8String());
    }

    @Override
    public void ended(int stream) {
      said.add("end " + stream);
    }

    @Override
    public void reset(int stream) {
      said.add("reset " + stream);
    }

    @Override
    public void reply(ByteString bytes) {
      replies.add(bytes);
    }

    @Override
    public void broken(String why) {
      said.add("broken " + why);
    }
  }
}
