package io.ordinal.controller.api.select;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Requirements on fields that the kind lets be selected by, all of which must hold. */
public record FieldSelector(List<Requirement> requirements) {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  /**
   * @param reader the field's value in an object; empty when absent
   */
  public record Requirement(
      String field, boolean equal, String value, Function<ObjectNode, String> reader) {
    boolean holdsFor(ObjectNode object) {
      String found = reader.apply(object);
      return equal == value.equals(found == null ? "" : found);
    }
  }

  /**
   * @throws StatusException 400 for a field that this kind cannot be selected by
   */
  public static FieldSelector parse(ResourceKind kind, String text) {
    List<Requirement> found = new ArrayList<>();
    for (String piece : text.split(",")) {
      if (piece.isBlank()) continue;
      found.add(requirement(kind, piece.strip()));
    }
    return new FieldSelector(List.copyOf(found));
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  public boolean matches(ObjectNode object) {
    for (Requirement each : requirements) {
      if (!each.holdsFor(object)) return false;
    }
    return true;
  }

  /** The value that the field is required to have, if it is. */
  public Optional<String> required(String field) {
    return requirements.stream()
        .filter(each -> each.equal() && each.field().equals(field))
        .map(Requirement::value)
        .findFirst();
  }

  private static Requirement requirement(ResourceKind kind, String piece) {
    int equals = piece.indexOf('=');
    if (equals < 1) {
      throw Refusal.badRequest(
          "invalid selector: '" + piece + "'; can't understand '" + piece + "'");
    }
    boolean unequal = piece.charAt(equals - 1) == '!';
    String field = piece.substring(0, unequal ? equals - 1 : equals);
    int value = !unequal && piece.startsWith("==", equals) ? equals + 2 : equals + 1;
    return new Requirement(field, !unequal, piece.substring(value), reader(kind, field));
  }

  private static Function<ObjectNode, String> reader(ResourceKind kind, String field) {
    if (field.equals("metadata.name")) {
      return object -> object.path("metadata").path("name").asString("");
    }
    if (field.equals("metadata.namespace") && kind.namespaced()) {
      return object -> object.path("metadata").path("namespace").asString("");
    }
    Function<ObjectNode, String> found = kind.selectableFields().get(field);
    if (found != null) return found;
    if (!kind.selectableFields().isEmpty()) {
      throw Refusal.badRequest("field label not supported: " + field);
    }
    TreeSet<String> known = new TreeSet<>(List.of("\"metadata.name\""));
    if (kind.namespaced()) known.add("\"metadata.namespace\"");
    throw Refusal.badRequest(
        "\""
            + field
            + "\" is not a known field selector: only "
            + known.stream().collect(Collectors.joining(", ")));
  }
}
