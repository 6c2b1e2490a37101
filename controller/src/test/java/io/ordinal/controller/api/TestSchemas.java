package io.ordinal.controller.api;

import io.ordinal.controller.api.write.FieldValidation;
import java.util.Map;

/** Stands in for schemas where a test is not about them. */
final class TestSchemas {
  static final FieldValidation FIELDS = (kind, object) -> FieldValidation.Findings.NONE;
  static final Map<String, byte[]> DOCUMENTS = Map.of();

  private TestSchemas() {}
}
