package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Compares what a client sent with the schema of its kind. Pure. */
@FunctionalInterface
public interface FieldValidation {
  /**
   * @param unknown such as {@code unknown field "spec.foo"}
   * @param wrongType what a decoder of Kubernetes would say of a value of the wrong JSON type
   */
  record Findings(List<String> unknown, Optional<String> wrongType) {
    public static final Findings NONE = new Findings(List.of(), Optional.empty());
  }

  Findings check(ResourceKind kind, ObjectNode object);
}
