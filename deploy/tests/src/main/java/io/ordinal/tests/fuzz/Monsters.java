package io.ordinal.tests.fuzz;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that are allowed and large: very long names above many values, lists of thousands,
 * copies of copies. Work that grows with more than their bytes shows in the time they take.
 */
final class Monsters {
  private static final String NAMESPACED = "/namespaces/" + RequestMaker.NAMESPACE + "/";
  private static final String MAPS = "/api/v1" + NAMESPACED + "configmaps";
  private static final String SERVICES = "/api/v1" + NAMESPACED + "services";
  private static final String PODS = "/api/v1" + NAMESPACED + "pods";
  private static final String SETS = "/apis/apps/v1" + NAMESPACED + "statefulsets";
  private static final String REVISIONS = "/apis/apps/v1" + NAMESPACED + "controllerrevisions";
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1" + NAMESPACED + "roles";
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  private static final String KEPT = "/fuzz-kept";
  private static final String DRY = "?dryRun=All&fieldManager=monster&fieldValidation=Warn";
  private static final String WET = "?fieldManager=monster";
  private static final List<String> LISTS =
      List.of("containers", "initContainers", "volumes", "tolerations", "imagePullSecrets", "x");

  private final Chaos chaos;

  Monsters(Chaos chaos) {
    this.chaos = chaos;
  }

  Request next() {
    return switch (chaos.chance.nextInt(16)) {
      case 0 -> revision(longName());
      case 1 -> revision(deep());
      case 2 -> configuration();
      case 3 -> review();
      case 4 -> duplicates();
      case 5 -> selectors();
      case 6 -> copies();
      case 7 -> operations();
      case 8 -> services("ports", "$setElementOrder/ports");
      case 9 -> services("$setElementOrder/ports", "ports");
      case 10 -> finalizers();
      case 11 -> owners();
      case 12 -> template();
      case 13 -> metadata(chaos.oneIn(2) ? "labels" : "annotations");
      case 14 -> role();
      default -> map();
    };
  }

  /** Some thousands, or very many. */
  private int many() {
    return chaos.oneIn(4) ? 30_000 : 2_000 + chaos.chance.nextInt(8_000);
  }

  private String name() {
    return "n".repeat(chaos.oneIn(3) ? 400_000 : 20_000);
  }

  private ObjectNode longName() {
    ObjectNode data = Json.object();
    ObjectNode below = data.putObject(name());
    for (int i = many(); i > 0; i--) below.put("k" + i, i);
    return data;
  }

  private ObjectNode deep() {
    ObjectNode data = Json.object();
    ObjectNode at = data;
    for (int i = 50 + chaos.chance.nextInt(180); i > 0; i--) {
      at.put("k" + i, chaos.chance.nextInt());
      at = at.putObject("d".repeat(1 + chaos.chance.nextInt(5_000)));
    }
    return data;
  }

  private Request revision(ObjectNode data) {
    ObjectNode object = named("apps/v1", "ControllerRevision").put("revision", 1);
    object.set("data", data);
    if (chaos.oneIn(3)) return sent("PUT", REVISIONS + KEPT + WET, object);
    String query = chaos.oneIn(2) ? WET : DRY;
    if (chaos.oneIn(2)) return sent("POST", REVISIONS + query, object);
    return patch(REVISIONS + KEPT + query, "merge-patch+json", object);
  }

  private Request configuration() {
    ObjectNode object = named("apps/v1", "ControllerRevision").put("revision", 1);
    object.set("data", chaos.oneIn(2) ? longName() : deep());
    String force = chaos.oneIn(2) ? "&force=true" : "";
    return patch(REVISIONS + KEPT + WET + force, "apply-patch+yaml", object);
  }

  private Request review() {
    ObjectNode review = Json.object();
    ObjectNode spec = review.putObject("spec");
    spec.put("user", "u").putObject("nonResourceAttributes").put("path", "/x").put("verb", "get");
    ArrayNode groups = spec.putArray("groups");
    ArrayNode extra = spec.putObject("extra").putArray(name());
    for (int i = many(); i > 0; i--) {
      groups.add("g" + i);
      extra.add("");
    }
    return sent("POST", REVIEWS, review);
  }

  private Request duplicates() {
    StringBuilder body = new StringBuilder("{\"metadata\":{\"name\":\"fuzz-a\"},\"data\":{");
    String name = chaos.oneIn(2) ? "a" : "a".repeat(200);
    for (int i = many(); i > 0; i--) body.append('"').append(name).append("\":\"\",");
    String text = body.append("\"b\":\"\"}}").toString();
    return request("POST", MAPS + DRY, "json", text.getBytes(StandardCharsets.UTF_8));
  }

  private Request selectors() {
    StringBuilder query = new StringBuilder(MAPS).append("?labelSelector=");
    boolean sets = chaos.oneIn(2);
    for (int i = 0; i < 250; i++) query.append(sets ? "a%20notin%20(b,c)," : "!k" + i + ",");
    query.append("z&fieldSelector=");
    for (int i = 0; i < 100; i++) query.append("metadata.name!=n").append(i).append(',');
    return request("GET", query.append("metadata.namespace!=x").toString(), "json", new byte[0]);
  }

  /** Each as large as all before it together. */
  private Request copies() {
    ArrayNode patch = Json.mapper().createArrayNode();
    for (int i = 0; i < 30; i++) {
      patch.addObject().put("op", "copy").put("from", "/data").put("path", "/data/c" + i);
    }
    return patch(REVISIONS + KEPT + DRY, "json-patch+json", patch);
  }

  private Request operations() {
    ArrayNode patch = Json.mapper().createArrayNode();
    patch.addObject().put("op", "add").put("path", "/metadata/finalizers").putArray("value");
    int count = chaos.oneIn(5) ? 10_500 : 9_990;
    String place = chaos.oneIn(2) ? "/metadata/finalizers/0" : "/metadata/finalizers/-";
    for (int i = 0; i < count; i++) {
      patch.addObject().put("op", "add").put("path", place).put("value", "a.b/f" + i);
    }
    return patch(MAPS + KEPT + DRY, "json-patch+json", patch);
  }

  private Request services(String list, String order) {
    ObjectNode patch = Json.object();
    ObjectNode spec = patch.putObject("spec");
    ArrayNode ports = spec.putArray(list);
    ArrayNode places = spec.putArray(order);
    int count = many();
    for (int i = 0; i < count; i++) {
      ObjectNode port = ports.addObject().put("port", i).put("name", "p" + i);
      if (chaos.oneIn(3)) port.put("$patch", "delete");
      places.addObject().put("port", count - 1 - i);
    }
    return patch(SERVICES + KEPT + DRY, "strategic-merge-patch+json", patch);
  }

  private Request finalizers() {
    ObjectNode patch = Json.object();
    ObjectNode metadata = patch.putObject("metadata");
    BiConsumer<String, Integer> add =
        (field, count) -> {
          ArrayNode values = metadata.putArray(field);
          for (int i = count; i > 0; i--) values.add("a.b/f" + i);
        };
    add.accept("finalizers", many());
    if (chaos.oneIn(2)) add.accept("$deleteFromPrimitiveList/finalizers", many());
    if (chaos.oneIn(2)) add.accept("$setElementOrder/finalizers", many());
    return patch(MAPS + KEPT + DRY, "strategic-merge-patch+json", patch);
  }

  private Request owners() {
    ObjectNode object = named("v1", "ConfigMap");
    object.putObject("data").put("k", "v" + chaos.chance.nextInt());
    ArrayNode owners = ((ObjectNode) object.get("metadata")).putArray("managedFields");
    String operation = chaos.oneIn(2) ? "Apply" : "Update";
    for (int i = Math.min(many(), 6_000); i > 0; i--) {
      ObjectNode entry = owners.addObject();
      entry.put("manager", "m" + i).put("operation", operation).put("apiVersion", "v1");
      entry.put("time", "2026-01-01T00:00:00Z").put("fieldsType", "FieldsV1");
      entry.putObject("fieldsV1").putObject("f:data").putObject("f:k" + i);
    }
    return sent("PUT", MAPS + KEPT + (chaos.oneIn(2) ? WET : DRY), object);
  }

  private Request template() {
    ObjectNode object = named("apps/v1", "StatefulSet");
    ObjectNode spec = object.putObject("spec").put("replicas", 0).put("serviceName", "s");
    spec.putObject("selector").putObject("matchLabels").put("a", "b");
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("a", "b");
    ObjectNode pod = template.putObject("spec");
    ObjectNode container = pod.putArray("containers").addObject();
    container.put("name", "c").put("image", "sh");
    for (String inside : List.of("env", "ports", "volumeMounts")) {
      if (chaos.oneIn(2)) fill(container.putArray(inside));
    }
    fill(pod.withArray("/" + chaos.any(LISTS)));
    if (chaos.oneIn(3)) fill(spec.putArray("volumeClaimTemplates"));
    if (chaos.oneIn(2)) return sent("POST", SETS + DRY, object);
    String type = chaos.oneIn(2) ? "apply-patch+yaml" : "strategic-merge-patch+json";
    return patch(SETS + KEPT + DRY, type, object);
  }

  private void fill(ArrayNode list) {
    for (int i = chaos.oneIn(3) ? 10_000 : 2_000; i > 0; i--) {
      list.addObject().put("name", "e" + i).put("value", "v").put("containerPort", i);
    }
  }

  private Request metadata(String field) {
    ObjectNode object = named("v1", "Pod");
    ObjectNode map = ((ObjectNode) object.get("metadata")).putObject(field);
    for (int i = many(); i > 0; i--) map.put("a.b/k" + i, "v");
    return patch(PODS + KEPT + DRY, "merge-patch+json", object);
  }

  private Request role() {
    ObjectNode object = named("rbac.authorization.k8s.io/v1", "Role");
    ObjectNode rule = object.putArray("rules").addObject();
    for (String field : List.of("verbs", "apiGroups", "resources", "resourceNames")) {
      ArrayNode values = rule.putArray(field);
      for (int i = many(); i > 0; i--) values.add("x" + i);
    }
    return sent("POST", ROLES + DRY, object);
  }

  private Request map() {
    ObjectNode object = named("v1", "ConfigMap");
    ObjectNode data = object.putObject("data");
    for (int i = many(); i > 0; i--) data.put("k" + chaos.chance.nextInt(), "v");
    return sent("PUT", MAPS + KEPT + WET, object);
  }

  private static ObjectNode named(String apiVersion, String kind) {
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", "fuzz-kept");
    return object;
  }

  private Request sent(String method, String target, ObjectNode object) {
    if (method.equals("POST")) object.withObject("/metadata").put("name", "fuzz-a");
    return request(method, target, chaos.oneIn(6) ? "yaml" : "json", Json.bytes(object));
  }

  private static Request patch(String target, String type, tools.jackson.databind.JsonNode patch) {
    return request("PATCH", target, type, Json.bytes(patch));
  }

  private static Request request(String method, String target, String type, byte[] body) {
    return new Request(method, target, List.of("Content-Type: application/" + type), body, false);
  }
}
