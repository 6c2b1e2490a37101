package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.kind.Syntax;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the faults of metadata that are faults in every kind. Pure. */
final class MetadataFaults {
  private static final int MOST_ANNOTATION_BYTES = 256 * 1024;

  private final List<Cause> causes = new ArrayList<>();

  private MetadataFaults() {}

  static List<Cause> ofNew(ResourceKind kind, ApiObject object) {
    MetadataFaults faults = new MetadataFaults();
    faults.name(kind, object);
    faults.common(object);
    return faults.causes;
  }

  static List<Cause> ofChanged(ApiObject object, ApiObject old) {
    MetadataFaults faults = new MetadataFaults();
    faults.common(object);
    if (old.deletionTimestamp().isPresent()) faults.finalizers(object, old);
    return faults.causes;
  }

  private void name(ResourceKind kind, ApiObject object) {
    String prefix = object.metadata().path("generateName").asString("");
    if (object.name().isEmpty()) {
      add(
          "FieldValueRequired",
          "metadata.name",
          "Required value: name or generateName is required");
      return;
    }
    if (!prefix.isEmpty()) {
      Syntax.prefix(kind.nameRule(), prefix)
          .forEach(why -> invalid("metadata.generateName", prefix, why));
    }
    Syntax.name(kind.nameRule(), object.name())
        .forEach(why -> invalid("metadata.name", object.name(), why));
  }

  private void common(ApiObject object) {
    object.labels().forEach(this::label);
    long bytes = 0;
    for (Map.Entry<String, String> each : object.annotations().entrySet()) {
      Syntax.qualifiedName(each.getKey().toLowerCase(Locale.ROOT))
          .forEach(why -> invalid("metadata.annotations", each.getKey(), why));
      bytes += each.getKey().length() + each.getValue().length();
    }
    if (bytes > MOST_ANNOTATION_BYTES) {
      String text = "Too long: may not be more than " + MOST_ANNOTATION_BYTES + " bytes";
      add("FieldValueTooLong", "metadata.annotations", text);
    }
    for (String each : object.finalizers()) {
      Syntax.qualifiedName(each).forEach(why -> invalid("metadata.finalizers", each, why));
    }
    owners(object.owners());
  }

  private void label(String key, String value) {
    Syntax.qualifiedName(key).forEach(why -> invalid("metadata.labels", key, why));
    Syntax.labelValue(value).forEach(why -> invalid("metadata.labels", value, why));
  }

  private void owners(List<ApiObject.Owner> owners) {
    Optional<ApiObject.Owner> controller = Optional.empty();
    for (int i = 0; i < owners.size(); i++) {
      ApiObject.Owner owner = owners.get(i);
      String at = "metadata.ownerReferences[" + i + "]";
      if (owner.apiVersion().isEmpty())
        invalid(at + ".apiVersion", "", "version must not be empty");
      if (owner.kind().isEmpty()) invalid(at + ".kind", "", "kind must not be empty");
      if (owner.name().isEmpty()) invalid(at + ".name", "", "name must not be empty");
      if (owner.uid().isEmpty()) invalid(at + ".uid", "", "uid must not be empty");
      if (!owner.controller()) continue;
      if (controller.isPresent()) {
        String text =
            "Only one reference can have Controller set to true. Found \"true\" in references for "
                + controller.get().kind()
                + "/"
                + controller.get().name()
                + " and "
                + owner.kind()
                + "/"
                + owner.name();
        invalid("metadata.ownerReferences", "", text);
      }
      controller = Optional.of(owner);
    }
  }

  private void finalizers(ApiObject object, ApiObject old) {
    List<String> fresh = new ArrayList<>(object.finalizers());
    fresh.removeAll(new HashSet<>(old.finalizers())); // Of a list it would look at all each time.
    if (fresh.isEmpty()) return;
    String shown = "[]string{\"" + String.join("\", \"", fresh) + "\"}";
    add(
        "FieldValueForbidden",
        "metadata.finalizers",
        "Forbidden: no new finalizers can be added if the object is being deleted, found new"
            + " finalizers "
            + shown);
  }

  private void invalid(String field, String value, String why) {
    add("FieldValueInvalid", field, "Invalid value: \"" + value + "\": " + why);
  }

  private void add(String reason, String field, String message) {
    causes.add(new Cause(reason, message, field));
  }
}
