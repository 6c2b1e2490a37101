package io.ordinal.controller.api.patch;

import io.ordinal.controller.api.schema.MergeRule;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.api.schema.Shapes;

/**
 * What a strategic merge patch has to know about the place it is at: the merge rule and what lies
 * below.
 */
public final class PatchSchema {
  private static final PatchSchema UNKNOWN = new PatchSchema(null, MergeRule.NONE);

  private final Shape shape; // null where nothing is known: maps merge, lists replace.
  private final MergeRule rule;

  private PatchSchema(Shape shape, MergeRule rule) {
    this.shape = shape;
    this.rule = rule;
  }

  /**
   * @param kind the class that describes the kind, as {@code ResourceKind.schema()} names it
   */
  public static PatchSchema of(Class<?> kind) {
    return new PatchSchema(Shapes.of(kind), MergeRule.NONE);
  }

  MergeRule rule() {
    return rule;
  }

  /** Below a field of a map. */
  PatchSchema field(String name) {
    if (shape instanceof Shape.Structure structure) {
      Shape found = structure.fields().get(name);
      if (found == null) return UNKNOWN;
      return new PatchSchema(found, MergeRule.of(structure.name(), name));
    }
    if (shape instanceof Shape.MapOf map) return new PatchSchema(map.value(), MergeRule.NONE);
    return UNKNOWN;
  }

  /** Below the elements of a list. */
  PatchSchema element() {
    return shape instanceof Shape.ListOf list
        ? new PatchSchema(list.element(), MergeRule.NONE)
        : UNKNOWN;
  }
}
