package io.ordinal.controller.api.schema;

/** Types of single values, with the name that Go's JSON decoder gives them in messages. */
public enum ScalarType {
  STRING("string"),
  BOOLEAN("bool"),
  INT32("int32"),
  INT64("int64"),
  DOUBLE("float64"),
  /** An RFC 3339 time as text. */
  TIME("v1.Time"),
  /** As {@link #TIME}, with microseconds. */
  MICRO_TIME("v1.MicroTime"),
  /** Text or number such as 10Gi or 0.5. */
  QUANTITY("resource.Quantity"),
  INT_OR_STRING("intstr.IntOrString"),
  /** Anything at all, kept as it is. */
  ANY("runtime.RawExtension");

  private final String goName;

  ScalarType(String goName) {
    this.goName = goName;
  }

  String goName() {
    return goName;
  }
}
