package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** A template that a set has had. Its data never changes and is kept as it is. */
final class ControllerRevisionKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Controller", "The object that owns the revision."),
          Columns.text("Revision", "The number of the revision."),
          Columns.AGE);

  ControllerRevisionKind() {
    super(
        KindNames.namespaced("apps/v1", "ControllerRevision", "controllerrevisions"),
        ControllerRevision.class);
  }

  @Override
  public void applyDefaults(ObjectNode revision) {
    // Nulls inside data mean something to the patch that it is.
    if (revision.get("metadata") instanceof ObjectNode metadata) Tree.dropNulls(metadata);
    Tree.defaultNumber(revision, "revision", 0);
  }

  @Override
  public List<Cause> validateCreate(ApiObject revision) {
    Faults faults = new Faults();
    if (Tree.absent(revision.tree().path("data"))) faults.required("data", "data is mandatory");
    faults.notNegative("revision", revision.tree().path("revision"));
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject revision, ApiObject old) {
    Faults faults = new Faults();
    faults.notNegative("revision", revision.tree().path("revision"));
    if (!Tree.same(revision.tree().path("data"), old.tree().path("data"))) {
      faults.forbidden("data", "field is immutable");
    }
    return faults.found();
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject revision, Instant now) {
    String controller = revision.controller().map(ControllerRevisionKind::shown).orElse(Cells.NONE);
    return List.of(
        revision.name(),
        controller,
        revision.tree().path("revision").asString("0"),
        Durations.age(revision, now));
  }

  private static String shown(ApiObject.Owner owner) {
    int slash = owner.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
    return owner.kind().toLowerCase(Locale.ROOT) + group + "/" + owner.name();
  }
}
