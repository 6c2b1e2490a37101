package io.ordinal.controller.api.stream;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Puts together the sizes that a client sends of its terminal: a stream of small JSON objects. */
final class TerminalSize {
  private static final int LONGEST = 1024;
  private static final int MOST = 0xffff;

  /** Of a terminal. */
  record Size(int columns, int rows) {}

  private String text = "";

  /** The latest whole size; what is none is passed over. */
  Optional<Size> read(ByteString part) {
    text += part.decodeString(StandardCharsets.US_ASCII);
    int end = text.lastIndexOf('}');
    if (end < 0) {
      if (text.length() > LONGEST) text = "";
      return Optional.empty();
    }
    String whole = text.substring(0, end + 1);
    text = text.substring(end + 1);
    return parsed(whole.substring(whole.lastIndexOf('{') < 0 ? 0 : whole.lastIndexOf('{')));
  }

  private static Optional<Size> parsed(String json) {
    try {
      JsonNode tree = Json.tree(json.getBytes(StandardCharsets.US_ASCII));
      int columns = tree.path("Width").asInt(0);
      int rows = tree.path("Height").asInt(0);
      boolean sane = columns > 0 && rows > 0 && columns <= MOST && rows <= MOST;
      return sane ? Optional.of(new Size(columns, rows)) : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
