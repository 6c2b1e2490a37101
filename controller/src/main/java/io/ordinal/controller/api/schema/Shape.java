package io.ordinal.controller.api.schema;

import java.util.Map;
import java.util.function.Supplier;

/** What a value of an API object may look like. */
public sealed interface Shape {
  <R> R match(Cases<R> cases);

  /** The type as Go's JSON decoder names it, for messages. */
  String goName();

  /** A single value. */
  record Scalar(ScalarType type) implements Shape {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.scalar(this);
    }

    @Override
    public String goName() {
      return type.goName();
    }
  }

  /** A list; all elements have one shape. */
  record ListOf(Shape element) implements Shape {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.list(this);
    }

    @Override
    public String goName() {
      return "[]" + element.goName();
    }
  }

  /** A map with free keys; all values have one shape. */
  record MapOf(Shape value) implements Shape {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.map(this);
    }

    @Override
    public String goName() {
      return "map[string]" + value.goName();
    }
  }

  /** A type with named fields. They are read from its class when first asked for. */
  final class Structure implements Shape {
    private final Class<?> type;
    private final Supplier<Map<String, Shape>> reader;
    private volatile Map<String, Shape> fields;

    Structure(Class<?> type, Supplier<Map<String, Shape>> reader) {
      this.type = type;
      this.reader = reader;
    }

    /** The name of the type without its package, such as PodSpec. */
    public String name() {
      return type.getSimpleName();
    }

    /** The package of the model class: which part of the API the type belongs to. */
    public String packageName() {
      return type.getPackageName();
    }

    /** Fields in the order in which the model declares them. */
    public Map<String, Shape> fields() {
      Map<String, Shape> known = fields;
      if (known == null) {
        known = reader.get(); // May run twice in a race, with the same outcome.
        fields = known;
      }
      return known;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.structure(this);
    }

    @Override
    public String goName() {
      return "v1." + name();
    }
  }

  /** One method per alternative, so that a new one breaks every consumer. */
  interface Cases<R> {
    R scalar(Scalar scalar);

    R list(ListOf list);

    R map(MapOf map);

    R structure(Structure structure);
  }
}
