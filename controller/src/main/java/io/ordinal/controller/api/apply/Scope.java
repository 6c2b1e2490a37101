package io.ordinal.controller.api.apply;

import io.ordinal.controller.api.kind.ResourceKind;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which fields a write can own, by the resource that it goes to. */
final class Scope {
  private static final String METADATA = PathElement.field("metadata");
  private static final String STATUS = PathElement.field("status");

  /** The server's own; nobody owns them. */
  private static final List<String> SERVERS =
      List.of(
          "name",
          "namespace",
          "creationTimestamp",
          "selfLink",
          "uid",
          "generation",
          "managedFields",
          "resourceVersion");

  private Scope() {}

  static FieldSet of(ResourceKind kind, Writer writer, FieldSet fields) {
    if (writer.subresource().equals("status")) {
      SortedMap<String, FieldSet> kept = new TreeMap<>();
      FieldSet.keep(kept, METADATA, fields.child(METADATA));
      FieldSet.keep(kept, STATUS, fields.child(STATUS));
      return stripped(FieldSet.of(false, kept));
    }
    boolean apart = kind.subresources().stream().anyMatch(each -> each.name().equals("status"));
    return stripped(apart ? fields.without(STATUS) : fields);
  }

  private static FieldSet stripped(FieldSet fields) {
    FieldSet metadata = fields.child(METADATA).asMember(false);
    for (String each : SERVERS) metadata = metadata.without(PathElement.field(each));
    SortedMap<String, FieldSet> kept = new TreeMap<>(fields.children());
    kept.remove(PathElement.field("kind"));
    kept.remove(PathElement.field("apiVersion"));
    kept.remove(METADATA);
    FieldSet.keep(kept, METADATA, metadata);
    return FieldSet.of(false, kept);
  }
}
