package io.ordinal.controller.api.auth;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** JSON Web Tokens, signed with ES256. Pure. */
final class WebToken {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private WebToken() {}

  static String sign(SigningKey key, ObjectNode claims) {
    ObjectNode header = Json.object().put("alg", "ES256").put("kid", key.open().id());
    String text = encoded(Json.bytes(header)) + "." + encoded(Json.bytes(claims));
    return text + "." + encoded(key.sign(text));
  }

  /** The id of the key that a token says it was signed by; empty for what is no such token. */
  static Optional<String> keyId(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || !token.chars().allMatch(each -> each > ' ' && each < 127)) {
      return Optional.empty();
    }
    try {
      ObjectNode header = Json.object(Base64.getUrlDecoder().decode(parts[0]));
      if (!header.path("alg").asString("").equals("ES256")) return Optional.empty();
      return Optional.of(header.path("kid").asString("")).filter(id -> !id.isEmpty());
    } catch (IllegalArgumentException | JacksonException malformed) {
      return Optional.empty();
    }
  }

  /** The claims of a token that this key has signed. Whether they hold now is not looked at. */
  static Optional<ObjectNode> verified(OpenKey key, String token) {
    if (!keyId(token).equals(Optional.of(key.id()))) return Optional.empty();
    String[] parts = token.split("\\.", -1);
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      byte[] signature = decoder.decode(parts[2]);
      if (!key.verifies(parts[0] + "." + parts[1], signature)) return Optional.empty();
      return Optional.of(Json.object(decoder.decode(parts[1])));
    } catch (IllegalArgumentException | JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static String encoded(byte[] bytes) {
    return new String(ENCODER.encode(bytes), StandardCharsets.US_ASCII);
  }
}
