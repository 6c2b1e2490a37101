package io.ordinal.controller.api.openapi;

import io.ordinal.controller.api.schema.ApplyRule;
import io.ordinal.controller.api.schema.MergeRule;
import io.ordinal.controller.api.schema.ScalarType;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Writes shapes as OpenAPI schemas, each type once, under the names that Kubernetes gives them. */
final class SchemaWriter {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  static final String PATCH = META + "Patch";

  private static final String MODEL = "io.fabric8.kubernetes.api.model";
  private static final Pattern VERSIONED = Pattern.compile(".*\\.v[0-9][a-z0-9]*");

  private static final Set<String> META_TYPES =
      Set.of(
          "Condition",
          "LabelSelector",
          "LabelSelectorRequirement",
          "ManagedFieldsEntry",
          "ObjectMeta",
          "OwnerReference");

  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("StatefulSetSpec", List.of("selector", "template")),
          Map.entry("StatefulSetStatus", List.of("replicas")),
          Map.entry("PodSpec", List.of("containers")),
          Map.entry("Container", List.of("name")),
          Map.entry("ContainerPort", List.of("containerPort")),
          Map.entry("EnvVar", List.of("name")),
          Map.entry("HTTPGetAction", List.of("port")),
          Map.entry("TCPSocketAction", List.of("port")),
          Map.entry("Volume", List.of("name")),
          Map.entry("VolumeMount", List.of("name", "mountPath")),
          Map.entry("PersistentVolumeClaimVolumeSource", List.of("claimName")),
          Map.entry("HostPathVolumeSource", List.of("path")),
          Map.entry("KeyToPath", List.of("key", "path")),
          Map.entry("ServicePort", List.of("port")),
          Map.entry("StorageClass", List.of("provisioner")),
          Map.entry("ControllerRevision", List.of("revision")),
          Map.entry("Event", List.of("metadata", "involvedObject")));

  private final Descriptions descriptions;
  private final Map<String, ObjectNode> schemas = new TreeMap<>();

  SchemaWriter(Descriptions descriptions) {
    this.descriptions = descriptions;
    schemas.put(PATCH, Json.object().put("type", "object"));
  }

  /** Adds a kind and everything below it. */
  void addKind(Shape.Structure kind, String group, String version, String name) {
    add(kind);
    schemas
        .get(name(kind))
        .putArray("x-kubernetes-group-version-kind")
        .addObject()
        .put("group", group)
        .put("version", version)
        .put("kind", name);
  }

  /** All that were added, by name. */
  ObjectNode schemas() {
    ObjectNode all = Json.object();
    schemas.forEach(all::set);
    return all;
  }

  static String reference(Shape.Structure type) {
    return "#/components/schemas/" + name(type);
  }

  private static String name(Shape.Structure type) {
    if (META_TYPES.contains(type.name())) return META + type.name();
    if (type.packageName().startsWith("io.ordinal.")) return "io.ordinal.v1." + type.name();
    String part = type.packageName().replace(MODEL, "");
    if (part.isEmpty()) return "io.k8s.api.core.v1." + type.name();
    boolean versioned = VERSIONED.matcher(part).matches();
    return "io.k8s.api" + part + (versioned ? "." : ".v1.") + type.name();
  }

  private void add(Shape.Structure type) {
    if (schemas.containsKey(name(type))) return;
    ObjectNode schema = Json.object();
    schemas.put(name(type), schema); // Before its fields: types may contain themselves.
    schema.put("type", "object");
    String text = descriptions.of(type.name());
    if (!text.isEmpty()) schema.put("description", text);
    ObjectNode properties = schema.putObject("properties");
    type.fields().forEach((name, shape) -> properties.set(name, field(type, name, shape)));
    List<String> required = REQUIRED.getOrDefault(type.name(), List.of());
    if (!required.isEmpty()) required.forEach(schema.putArray("required")::add);
    if (ApplyRule.of(type).whole()) schema.put("x-kubernetes-map-type", "atomic");
  }

  private ObjectNode field(Shape.Structure type, String name, Shape shape) {
    ObjectNode schema = schema(shape);
    String text = descriptions.of(type.name() + "." + name);
    if (text.isEmpty()) text = descriptions.of("*." + name);
    if (!text.isEmpty()) schema.put("description", text);
    MergeRule rule = MergeRule.of(type.name(), name);
    List<String> strategies = new ArrayList<>();
    if (rule.merge()) strategies.add("merge");
    if (rule.retainKeys()) strategies.add("retainKeys");
    if (!strategies.isEmpty()) {
      schema.put("x-kubernetes-patch-strategy", String.join(",", strategies));
    }
    if (!rule.key().isEmpty()) schema.put("x-kubernetes-patch-merge-key", rule.key());
    owners(schema, ApplyRule.of(type.name(), name, shape), shape);
    return schema;
  }

  /** Says into which pieces server-side apply divides the value, where that is not plain. */
  private static void owners(ObjectNode schema, ApplyRule rule, Shape shape) {
    if (shape instanceof Shape.MapOf && rule.whole()) schema.put("x-kubernetes-map-type", "atomic");
    if (!(shape instanceof Shape.ListOf)) return;
    String divided = rule.keys().isEmpty() ? "set" : "map";
    schema.put("x-kubernetes-list-type", rule.whole() ? "atomic" : divided);
    if (!rule.keys().isEmpty()) {
      rule.keys().forEach(schema.putArray("x-kubernetes-list-map-keys")::add);
    }
  }

  private ObjectNode schema(Shape shape) {
    return shape.match(
        new Shape.Cases<>() {
          @Override
          public ObjectNode scalar(Shape.Scalar scalar) {
            return SchemaWriter.this.scalar(scalar.type());
          }

          @Override
          public ObjectNode list(Shape.ListOf list) {
            ObjectNode schema = Json.object().put("type", "array");
            schema.set("items", schema(list.element()));
            return schema;
          }

          @Override
          public ObjectNode map(Shape.MapOf map) {
            ObjectNode schema = Json.object().put("type", "object");
            schema.set("additionalProperties", schema(map.value()));
            return schema;
          }

          @Override
          public ObjectNode structure(Shape.Structure structure) {
            add(structure);
            ObjectNode schema = Json.object();
            schema.putObject("default");
            schema.putArray("allOf").addObject().put("$ref", reference(structure));
            return schema;
          }
        });
  }

  private ObjectNode scalar(ScalarType type) {
    return switch (type) {
      case STRING -> Json.object().put("type", "string");
      case BOOLEAN -> Json.object().put("type", "boolean");
      case INT32 -> Json.object().put("type", "integer").put("format", "int32");
      case INT64 -> Json.object().put("type", "integer").put("format", "int64");
      case DOUBLE -> Json.object().put("type", "number").put("format", "double");
      case ANY -> Json.object().put("type", "object");
      case TIME -> named(META + "Time", text("date-time"));
      case MICRO_TIME -> named(META + "MicroTime", text("date-time"));
      case QUANTITY -> named("io.k8s.apimachinery.pkg.api.resource.Quantity", numberOrText());
      case INT_OR_STRING ->
          named(
              "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
              numberOrText().put("format", "int-or-string"));
    };
  }

  /** A reference to a type that is written apart, so that it can be told by its name. */
  private ObjectNode named(String name, ObjectNode schema) {
    String text = descriptions.of(name.substring(name.lastIndexOf('.') + 1));
    if (!text.isEmpty()) schema.put("description", text);
    schemas.putIfAbsent(name, schema);
    ObjectNode reference = Json.object();
    reference.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
    return reference;
  }

  private static ObjectNode text(String format) {
    return Json.object().put("type", "string").put("format", format);
  }

  private static ObjectNode numberOrText() {
    ObjectNode schema = Json.object();
    var either = schema.putArray("oneOf");
    either.addObject().put("type", "string");
    either.addObject().put("type", "number");
    return schema;
  }
}
