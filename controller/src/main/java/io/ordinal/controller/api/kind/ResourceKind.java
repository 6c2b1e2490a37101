package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.store.ResourceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is particular about one kind of API object. Everything that is the same for all kinds is in
 * the handlers that call this. All methods are pure.
 */
public interface ResourceKind {
  /** Empty for the core group. */
  String group();

  String version();

  /** CamelCase, such as StatefulSet. */
  String kind();

  /** Such as statefulsets. */
  String plural();

  String singular();

  List<String> shortNames();

  /** Such as {@code all}. */
  List<String> categories();

  boolean namespaced();

  /**
   * Verbs of the resource itself in alphabetical order, such as create, delete, get, list, patch,
   * update, watch.
   */
  List<String> verbs();

  List<Subresource> subresources();

  /**
   * The class whose properties describe the schema: from the fabric8 model, with
   * {@code @JsonProperty} fields.
   */
  Class<?> schema();

  /** Whether metadata.generation is kept. */
  boolean hasGeneration();

  /** Fields besides metadata.name and metadata.namespace that field selectors may name. */
  Map<String, Function<ObjectNode, String>> selectableFields();

  /**
   * Fills in defaults. Run after decoding, before validation, on create, update and patch; must be
   * idempotent.
   */
  void applyDefaults(ObjectNode object);

  /**
   * What becomes of a new object before it is stored: status reset to its beginning, server-owned
   * fields dropped or set, finalizers added. Called after defaults.
   */
  void prepareForCreate(ObjectNode object);

  /**
   * What becomes of a changed object before it is stored: on the main resource {@code status} is
   * copied from the old one.
   */
  void prepareForUpdate(ObjectNode object, ApiObject old);

  /** All faults of a new object; metadata common to all kinds is checked elsewhere. */
  List<Cause> validateCreate(ApiObject object);

  /** All faults of a change, immutable fields included. */
  List<Cause> validateUpdate(ApiObject object, ApiObject old);

  /** Why a change without faults is forbidden all the same, as admission in Kubernetes does. */
  default Optional<String> forbidsUpdate(ApiObject object, ApiObject old) {
    return Optional.empty();
  }

  /** Warnings that a client should see, none of which refuse the object. */
  default List<String> warnings(ApiObject object) {
    return List.of();
  }

  /**
   * Annotations that the system alone writes, and for what, in a few words. What clients make of
   * them is passed over, with a warning.
   */
  default Map<String, String> ownedAnnotations() {
    return Map.of();
  }

  /** Whether a PUT to a name that nothing has creates, as Kubernetes does with some kinds. */
  default boolean createsOnUpdate() {
    return false;
  }

  /** Whether a PUT must say which revision it replaces. */
  default boolean updatesNeedRevision() {
    return false;
  }

  /** Whether its objects are measured when they are asked for, and stand in no store. */
  default boolean measured() {
    return false;
  }

  /** The kind whose objects are shown under this one's names; most have objects of their own. */
  default Optional<Shown> shown() {
    return Optional.empty();
  }

  /** How names of this kind are checked. */
  NameRule nameRule();

  List<Column> columns();

  /** Cells in the order of the columns; strings, numbers or booleans. */
  List<Object> cells(ApiObject object, Instant now);

  /**
   * @param name such as status or scale
   * @param group of the kind it answers with, such as autoscaling
   */
  record Subresource(String name, String group, String version, String kind, Set<String> verbs) {}

  /**
   * @param type string, integer, boolean or date
   * @param format {@code name} for the name column, otherwise empty
   * @param priority 0, or 1 for columns of {@code -o wide} only
   */
  record Column(String name, String type, String format, String description, int priority) {}

  /**
   * A kind that another one shows.
   *
   * @param fields of that kind by what they are called here, where that differs
   */
  record Shown(ResourceName resource, String apiVersion, Map<String, String> fields) {}

  /** Syntax of names, by the RFC or Kubernetes rule. */
  enum NameRule {
    DNS_SUBDOMAIN,
    DNS_LABEL,
    DNS_1035_LABEL,
    PATH_SEGMENT
  }

  /** Whether there are objects of it; otherwise what is posted is answered and forgotten. */
  default boolean isStored() {
    return true;
  }

  default ResourceName resource() {
    return ResourceName.of(group(), plural());
  }

  default String apiVersion() {
    return group().isEmpty() ? version() : group() + "/" + version();
  }
}
