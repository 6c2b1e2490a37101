package io.ordinal.controller.api.kind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a port must be. */
final class Ports {
  /** What a missing number counts as. */
  static final JsonNode NONE = JsonNodeFactory.instance.numberNode(0);

  private Ports() {}

  static void checkNumber(Faults faults, String path, JsonNode port) {
    long number = port.asLong(0);
    if (number < 1 || number > 65535) {
      faults.invalid(path, port, "must be between 1 and 65535, inclusive");
    }
  }

  /** A number, or the name of a container's port. */
  static void checkNumberOrName(Faults faults, String path, JsonNode port) {
    if (port.isString()) {
      faults.invalid(path, port.asString(), Syntax.portName(port.asString()));
    } else {
      checkNumber(faults, path, port);
    }
  }
}
