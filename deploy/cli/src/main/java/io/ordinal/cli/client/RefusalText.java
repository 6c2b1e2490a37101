package io.ordinal.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a Status that refuses says, in kubectl's words. Pure. */
final class RefusalText {
  private static final int UNAUTHORIZED = 401;

  /** After the raw patch, which nobody reads, comes what is wrong with it. */
  private static final List<String> FAULTS = List.of("\": json: ", "\": strict decoding error: ");

  private static final Pattern TYPE =
      Pattern.compile(
          "cannot unmarshal (\\S+) into Go struct field [^.\\s]+\\.(\\S+) of type (.+)");
  private static final Pattern UNKNOWN = Pattern.compile("(unknown|duplicate) field \"([^\"]+)\"");

  private RefusalText() {}

  static String of(int code, JsonNode status) {
    String reason = status.path("reason").asString("");
    String message = status.path("message").asString("HTTP status " + code);
    if (code == UNAUTHORIZED) {
      return "error: You must be logged in to the server (" + message + ")";
    }
    if (reason.equals("Invalid")) return invalid(status.path("details"), message);
    return "Error from server" + (reason.isEmpty() ? "" : " (" + reason + ")") + ": " + message;
  }

  private static String invalid(JsonNode details, String message) {
    String kind = details.path("kind").asString("");
    String name = details.path("name").asString("");
    boolean named = !kind.isEmpty() || !name.isEmpty();
    String what = named ? "The " + kind + " \"" + name + "\" is invalid" : "The request is invalid";
    Set<String> causes = new LinkedHashSet<>();
    for (JsonNode each : details.path("causes")) causes.addAll(cause(each));
    if (causes.isEmpty()) return named ? what : what + ": " + message;
    if (causes.size() == 1) return what + ": " + causes.iterator().next();
    return what + ": \n* " + String.join("\n* ", causes);
  }

  private static List<String> cause(JsonNode cause) {
    String field = cause.path("field").asString("");
    String message = cause.path("message").asString("");
    if (!field.equals("patch")) return List.of(field.isEmpty() ? message : field + ": " + message);
    for (String each : FAULTS) {
      int at = message.lastIndexOf(each);
      if (at >= 0) return fields(message.substring(at + 3));
    }
    return List.of(field + ": " + message);
  }

  /** What a decoder says, with the fields first that it speaks of. */
  private static List<String> fields(String fault) {
    Matcher type = TYPE.matcher(fault);
    if (type.find()) {
      return List.of(type.group(2) + ": expected " + type.group(3) + ", found " + type.group(1));
    }
    List<String> found = new ArrayList<>();
    Matcher unknown = UNKNOWN.matcher(fault);
    while (unknown.find()) found.add(unknown.group(2) + ": " + unknown.group(1) + " field");
    return found.isEmpty() ? List.of(fault) : found;
  }
}
