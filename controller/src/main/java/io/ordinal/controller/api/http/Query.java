package io.ordinal.controller.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The query of a request, in its order; keys may repeat. */
public record Query(List<Parameter> parameters) {
  record Parameter(String key, String value) {}

  /**
   * @throws StatusException when an escape is broken
   */
  public static Query parse(String raw) {
    List<Parameter> found = new ArrayList<>();
    for (String piece : raw.split("&")) {
      if (piece.isEmpty()) continue;
      int equals = piece.indexOf('=');
      String key = equals < 0 ? piece : piece.substring(0, equals);
      String value = equals < 0 ? "" : piece.substring(equals + 1);
      found.add(new Parameter(decoded(key), decoded(value)));
    }
    return new Query(List.copyOf(found));
  }

  /** The first value of the key, when it is there and not empty. */
  public Optional<String> get(String key) {
    return parameters.stream()
        .filter(each -> each.key().equals(key))
        .map(Parameter::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  public List<String> all(String key) {
    return parameters.stream()
        .filter(each -> each.key().equals(key))
        .map(Parameter::value)
        .toList();
  }

  /** True when it is there, whatever it says, but for {@code false} and {@code 0}. */
  public boolean flag(String key) {
    return parameters.stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .map(each -> !each.value().equals("0") && !each.value().equalsIgnoreCase("false"))
        .orElse(false);
  }

  /**
   * @throws StatusException when the value is no number, in the words of Go
   */
  public OptionalLong number(String key) {
    Optional<String> text = get(key);
    if (text.isEmpty()) return OptionalLong.empty();
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException notANumber) {
      throw Refusal.badRequest("strconv.ParseInt: parsing \"" + text.get() + "\": invalid syntax");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw Refusal.badRequest("invalid URL escape in the query: " + broken.getMessage());
    }
  }
}
