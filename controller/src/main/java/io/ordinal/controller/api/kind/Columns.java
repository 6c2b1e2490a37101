package io.ordinal.controller.api.kind;

import io.ordinal.controller.api.kind.ResourceKind.Column;

/** Columns that several kinds have, and short ways to write others. */
final class Columns {
  static final Column NAME = new Column("Name", "string", "name", "Name of the object.", 0);
  static final Column AGE =
      new Column("Age", "string", "", "Time since the object was created.", 0);

  private Columns() {}

  static Column text(String name, String description) {
    return new Column(name, "string", "", description, 0);
  }

  /** Shown by {@code -o wide} only. */
  static Column wide(String name, String description) {
    return new Column(name, "string", "", description, 1);
  }

  static Column number(String name, String description) {
    return new Column(name, "integer", "", description, 0);
  }
}
