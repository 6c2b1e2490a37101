package io.ordinal.controller.api.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class IndentationTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final String JSON =
      "{\"a\":{},\"b\" : [],\"c\":[1,-2.5e3,null],\"d\":{\"e\\\"{[,\":\"\\\\\",\"é\":true}}\n";
  private static final String INDENTED =
      """
      {
        "a": {},
        "b": [],
        "c": [
          1,
          -2.5e3,
          null
        ],
        "d": {
          "e\\"{[,": "\\\\",
          "é": true
        }
      }""";

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void stands_as_go_indents_it_wherever_it_is_cut() {
    byte[] json = JSON.getBytes(UTF_8);
    for (int most = 1; most <= json.length; most++) {
      assertThat(text(indented(cut(json, most)))).as("pieces of %d", most).isEqualTo(INDENTED);
    }
  }

  @Test
  void what_is_large_or_nested_deep_comes_in_small_parts() {
    String deep = "[".repeat(200) + "1,".repeat(10_000) + "1" + "]".repeat(200);
    List<ByteString> parts = indented(List.of(ByteString.fromString(deep)));
    assertThat(parts).hasSizeGreaterThan(1).allMatch(each -> each.size() < 500_000);
    assertThat(Json.tree(text(parts).getBytes(UTF_8))).isEqualTo(Json.tree(deep.getBytes(UTF_8)));
  }

  private static List<ByteString> cut(byte[] json, int most) {
    Random random = new Random(most);
    List<ByteString> pieces = new ArrayList<>();
    ByteString left = ByteString.fromArray(json);
    while (!left.isEmpty()) {
      int length = 1 + random.nextInt(most);
      pieces.add(left.take(length));
      left = left.drop(length);
    }
    return pieces;
  }

  private static List<ByteString> indented(List<ByteString> pieces) {
    return Source.from(pieces)
        .via(Indentation.flow())
        .runWith(Sink.seq(), KIT.system())
        .toCompletableFuture()
        .join();
  }

  private static String text(List<ByteString> parts) {
    return parts.stream().reduce(ByteString.emptyByteString(), ByteString::concat).utf8String();
  }
}
