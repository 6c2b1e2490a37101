package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What holds for a kind unless it says otherwise. */
abstract class OrdinaryKind implements ResourceKind {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private final KindNames names;
  private final Class<?> schema;

  OrdinaryKind(KindNames names, Class<?> schema) {
    this.names = names;
    this.schema = schema;
  }

  @Override
  public final String group() {
    return names.group();
  }

  @Override
  public final String version() {
    return names.version();
  }

  @Override
  public final String kind() {
    return names.kind();
  }

  @Override
  public final String plural() {
    return names.plural();
  }

  @Override
  public final String singular() {
    return names.kind().toLowerCase(Locale.ROOT);
  }

  @Override
  public final List<String> shortNames() {
    return names.shortNames();
  }

  @Override
  public final List<String> categories() {
    return names.categories();
  }

  @Override
  public final boolean namespaced() {
    return names.namespaced();
  }

  @Override
  public final Class<?> schema() {
    return schema;
  }

  @Override
  public List<String> verbs() {
    return VERBS;
  }

  @Override
  public List<Subresource> subresources() {
    return List.of();
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of();
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    Tree.dropNulls(object);
    addDefaults(object);
  }

  /** Fills in what is absent. No field holds null any more. */
  void addDefaults(ObjectNode object) {}

  @Override
  public void prepareForCreate(ObjectNode object) {}

  @Override
  public void prepareForUpdate(ObjectNode object, ApiObject old) {
    Tree.copy("status", old.tree(), object);
  }

  @Override
  public List<Cause> validateCreate(ApiObject object) {
    return List.of();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject object, ApiObject old) {
    return validateCreate(object);
  }

  @Override
  public NameRule nameRule() {
    return NameRule.DNS_SUBDOMAIN;
  }

  @Override
  public List<Column> columns() {
    return List.of(Columns.NAME, Columns.AGE);
  }

  @Override
  public List<Object> cells(ApiObject object, Instant now) {
    return List.of(object.name(), Durations.age(object, now));
  }

  /** The status subresource. */
  final Subresource status() {
    return new Subresource("status", group(), version(), kind(), Set.of("get", "patch", "update"));
  }
}
