package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server refused a request; the message is what kubectl would print. */
public final class ApiFailure extends IOException {
  private static final long serialVersionUID = 1L;
  private final int code;
  private final transient ObjectNode status;

  ApiFailure(int code, String message) {
    this(code, message, Json.object());
  }

  private ApiFailure(int code, String message, ObjectNode status) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /**
   * @param status the answer's body; empty when there was none
   */
  static ApiFailure of(int code, ObjectNode status) {
    return new ApiFailure(code, RefusalText.of(code, status), status);
  }

  /**
   * What an answer that has begun well ends with, as a watch does.
   *
   * @param status says its code itself
   */
  public static ApiFailure of(JsonNode status) {
    ObjectNode said = status instanceof ObjectNode object ? object : Json.object();
    return of(said.path("code").asInt(500), said);
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** The same, of this object where the server did not say of which. */
  ApiFailure about(String kind, String name) {
    ObjectNode known = status.deepCopy();
    ObjectNode details = known.withObjectProperty("details");
    if (!details.path("kind").asString("").isEmpty()) return this;
    details.put("kind", kind);
    details.put("name", name);
    return of(code, known);
  }

  /** The same, saying what was tried, unless it names the object already. */
  ApiFailure when(String tried) {
    String text = getMessage();
    boolean nameless = text.startsWith("Error from server") && text.contains(": ");
    return nameless
        ? new ApiFailure(code, text.replaceFirst(": ", ": " + quoted(tried) + ": "), status)
        : this;
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  /** What the server said, without what goes before it here. */
  public String said() {
    return status.path("message").asString(getMessage());
  }
}
