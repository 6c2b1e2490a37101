package io.ordinal.controller.api.audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** The address of a request, without what may be a secret: what a command is run with. Pure. */
final class ShownAddress {
  private static final Set<String> SECRET = Set.of("command", "token", "access_token");

  private ShownAddress() {}

  static String of(HttpRequest request) {
    String path = request.getUri().getPathString();
    Optional<String> query = request.getUri().rawQueryString();
    return query.isEmpty() ? path : path + "?" + shown(query.get());
  }

  static String shown(String query) {
    return Arrays.stream(query.split("&"))
        .map(ShownAddress::piece)
        .collect(Collectors.joining("&"));
  }

  private static String piece(String piece) {
    int equals = piece.indexOf('=');
    boolean secret = equals >= 0 && isSecret(piece.substring(0, equals));
    return secret ? piece.substring(0, equals) + "=REDACTED" : piece;
  }

  /** Keys are decoded as those that carry requests out do; one that cannot be may be anything. */
  private static boolean isSecret(String key) {
    try {
      return SECRET.contains(URLDecoder.decode(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException broken) {
      return true;
    }
  }
}
