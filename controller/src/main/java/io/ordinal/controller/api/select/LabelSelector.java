package io.ordinal.controller.api.select;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Requirements on labels, all of which must hold. */
public record LabelSelector(List<Requirement> requirements) {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  /** How a label must be. */
  public enum Operator {
    EXISTS,
    ABSENT,
    IN,
    NOT_IN,
    GREATER,
    LESS
  }

  /**
   * @param values one or more for IN and NOT_IN, one for GREATER and LESS, otherwise none
   */
  public record Requirement(String key, Operator operator, Set<String> values) {
    boolean holdsFor(JsonNode labels) {
      JsonNode label = labels.get(key);
      boolean present = label != null && !label.isNull();
      return switch (operator) {
        case EXISTS -> present;
        case ABSENT -> !present;
        case IN -> present && values.contains(label.asString(""));
        case NOT_IN -> !present || !values.contains(label.asString(""));
        case GREATER -> present && compare(label.asString("")) > 0;
        case LESS -> present && compare(label.asString("")) < 0;
      };
    }

    private int compare(String found) {
      try {
        long bound = Long.parseLong(values.iterator().next());
        return Long.compare(Long.parseLong(found), bound);
      } catch (NumberFormatException notANumber) {
        return 0;
      }
    }
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 400 with the place of the fault
   */
  public static LabelSelector parse(String text) {
    return LabelSelectorParser.parse(text);
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  /**
   * @param metadata of the object
   */
  public boolean matches(JsonNode metadata) {
    JsonNode labels = metadata.path("labels");
    for (Requirement each : requirements) {
      if (!each.holdsFor(labels)) return false;
    }
    return true;
  }
}
