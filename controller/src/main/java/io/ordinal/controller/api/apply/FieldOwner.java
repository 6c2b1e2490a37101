package io.ordinal.controller.api.apply;

import java.util.Comparator;

/**
 * Whoever wrote fields, in a certain way. Whoever applies is the same for all versions of a kind.
 *
 * @param version of the kind; empty for whoever applies
 * @param subresource through which they wrote; empty for the object itself
 */
record FieldOwner(String name, boolean applies, String version, String subresource) {
  static final Comparator<FieldOwner> BY_NAME =
      Comparator.comparing(FieldOwner::name)
          .thenComparing(FieldOwner::operation)
          .thenComparing(FieldOwner::version)
          .thenComparing(FieldOwner::subresource);

  static FieldOwner applier(Writer writer) {
    return new FieldOwner(writer.name(), true, "", writer.subresource());
  }

  static FieldOwner updater(Writer writer, String version) {
    return new FieldOwner(writer.name(), false, version, writer.subresource());
  }

  String operation() {
    return applies ? "Apply" : "Update";
  }
}
