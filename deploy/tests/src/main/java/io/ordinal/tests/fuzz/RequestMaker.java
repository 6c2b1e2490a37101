package io.ordinal.tests.fuzz;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.fuzz.Samples.Sample;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes one request after the other; the same ones for the same seed. */
final class RequestMaker {
  static final String NAMESPACE = "fuzz";
  private static final int MONSTER_ONE_IN = 250;
  private static final List<String> NAMES =
      List.of("fuzz-a", "fuzz-b", "fuzz-kept", "fuzz-kept", "fuzz-none");
  private static final List<String> ODD_SEGMENTS =
      List.of(
          "%00",
          "%2F",
          "..",
          "%2e%2e",
          "a%0Ab",
          "%F0%9F%98%80",
          "%ff",
          "x".repeat(300),
          "Pods",
          "",
          "watch",
          "namespaces",
          "status",
          "scale",
          "finalize",
          "log",
          "*",
          "a b".replace(" ", "%20"));
  private static final List<String> SUBRESOURCES =
      List.of("status", "scale", "finalize", "log", "binding", "whatever", "ephemeralcontainers");
  private static final List<String> ROOTS =
      List.of(
          "/",
          "/api",
          "/apis",
          "/api/v1",
          "/apis/apps",
          "/apis/apps/v1",
          "/openapi/v3",
          "/version",
          "/apis/nothing/v1",
          "/healthz",
          "/readyz",
          "/livez",
          "/openapi/v2",
          "/metrics",
          "/api/v2/pods");
  private static final List<String> PATCHES =
      List.of(
          "strategic-merge-patch+json", "merge-patch+json", "json-patch+json", "apply-patch+yaml");

  private final Chaos chaos;
  private final Query query;
  private final ProtobufNoise protobuf;
  private final Monsters monsters;
  private final List<Sample> samples = Samples.all();

  RequestMaker(long seed) {
    this.chaos = new Chaos(seed);
    this.query = new Query(chaos);
    this.protobuf = new ProtobufNoise(chaos);
    this.monsters = new Monsters(chaos);
  }

  Request next() {
    if (chaos.oneIn(MONSTER_ONE_IN)) return monsters.next();
    Sample sample = chaos.any(samples);
    return switch (chaos.chance.nextInt(20)) {
      case 0, 1, 2, 3 -> post(sample);
      case 4, 5, 6 -> put(sample);
      case 7, 8, 9, 10, 11 -> patch(sample);
      case 12 -> delete(sample);
      case 13 -> odd(sample);
      case 14 -> request("GET", chaos.any(ROOTS) + query.any(), new byte[0]);
      case 15, 16 -> request("GET", object(sample) + query.any(), new byte[0]);
      default -> request("GET", collection(sample) + query.list(), new byte[0]);
    };
  }

  private Request post(Sample sample) {
    return written("POST", collection(sample), sample);
  }

  private Request put(Sample sample) {
    return written("PUT", object(sample), sample);
  }

  private Request written(String method, String path, Sample sample) {
    String target = path + query.write(sample.runs());
    ObjectNode object = sample.tree();
    object.withObject("/metadata").put("name", chaos.any(NAMES));
    if (!chaos.oneIn(5)) chaos.spoilOnce(object);
    if (chaos.oneIn(4)) chaos.spoil(object);
    if (chaos.oneIn(12)) {
      byte[] body = protobuf.body(sample.apiVersion(), kind(sample), chaos.any(NAMES));
      return request(method, target, body, "application/vnd.kubernetes.protobuf");
    }
    byte[] body = Json.bytes(object);
    if (chaos.oneIn(8)) body = chaos.spoil(body);
    if (chaos.oneIn(8)) body = chaos.spoilValue(body);
    String type = chaos.oneIn(4) ? "application/yaml" : "application/json";
    return request(method, target, body, chaos.oneIn(20) ? chaos.text() : type);
  }

  private Request patch(Sample sample) {
    String type = chaos.any(PATCHES);
    byte[] body = type.startsWith("json-patch") ? operations(sample) : partial(sample);
    if (chaos.oneIn(10)) body = chaos.spoil(body);
    if (chaos.oneIn(10)) body = chaos.spoilValue(body);
    String target = object(sample) + query.write(sample.runs());
    return request("PATCH", target, body, "application/" + type);
  }

  private byte[] partial(Sample sample) {
    ObjectNode object = chaos.oneIn(2) ? sample.tree() : Json.object();
    chaos.spoilOnce(object);
    if (chaos.oneIn(3)) chaos.spoil(object);
    return Json.bytes(chaos.oneIn(20) ? chaos.value(3) : object);
  }

  private byte[] operations(Sample sample) {
    ArrayNode operations = Json.mapper().createArrayNode();
    for (int i = chaos.chance.nextInt(4); i > 0; i--) {
      ObjectNode operation = operations.addObject();
      operation.put(
          "op", chaos.any(List.of("add", "remove", "replace", "move", "copy", "test", "x")));
      operation.put("path", pointer(sample));
      if (chaos.oneIn(3)) operation.put("from", pointer(sample));
      if (!chaos.oneIn(4)) operation.set("value", chaos.value(3));
    }
    if (chaos.oneIn(5)) chaos.spoil(operations);
    return Json.bytes(operations);
  }

  private String pointer(Sample sample) {
    List<String> names = new ArrayList<>();
    sample.object().propertyNames().forEach(names::add);
    StringBuilder pointer = new StringBuilder();
    for (int i = chaos.chance.nextInt(4); i > 0; i--) {
      boolean index = chaos.oneIn(4);
      pointer
          .append('/')
          .append(index ? chaos.any(List.of("0", "1", "-", "-1", "99999999999")) : "");
      if (!index) pointer.append(chaos.oneIn(2) ? chaos.any(names) : chaos.key());
    }
    return chaos.oneIn(15) ? chaos.text() : pointer.toString();
  }

  private Request delete(Sample sample) {
    String path = chaos.oneIn(10) ? collection(sample) : object(sample);
    ObjectNode options = Json.object();
    if (chaos.oneIn(2))
      options.put("propagationPolicy", chaos.any(List.of("Foreground", "Orphan", "Background")));
    if (chaos.oneIn(3)) options.put("gracePeriodSeconds", chaos.chance.nextInt(3) - 1);
    if (chaos.oneIn(2)) chaos.spoil(options);
    byte[] body = chaos.oneIn(3) ? new byte[0] : Json.bytes(options);
    return request("DELETE", path + query.write(false), body, "application/json");
  }

  /** Paths and methods that lead nowhere. */
  private Request odd(Sample sample) {
    String path = object(sample) + "/" + chaos.any(ODD_SEGMENTS);
    if (chaos.oneIn(2)) path = collection(sample) + "/" + chaos.any(ODD_SEGMENTS);
    if (chaos.oneIn(4)) path = "/" + chaos.any(ODD_SEGMENTS) + path;
    String method = chaos.any(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
    byte[] body = method.equals("GET") ? new byte[0] : Json.bytes(sample.object());
    return request(method, path + query.write(sample.runs()), body, "application/json");
  }

  private String collection(Sample sample) {
    String namespace = chaos.oneIn(15) ? escaped(chaos.text()) : NAMESPACE;
    String path = sample.collection(namespace.isEmpty() ? NAMESPACE : namespace);
    return chaos.oneIn(30) ? sample.root() + "/" + sample.plural() : path;
  }

  private String object(Sample sample) {
    String name = chaos.oneIn(12) ? escaped(chaos.text()) : chaos.any(NAMES);
    String path = collection(sample) + "/" + name;
    return chaos.oneIn(8) ? path + "/" + chaos.any(SUBRESOURCES) : path;
  }

  private static String kind(Sample sample) {
    return switch (sample.plural()) {
      case "configmaps" -> "ConfigMap";
      case "persistentvolumeclaims" -> "PersistentVolumeClaim";
      case "statefulsets" -> "StatefulSet";
      case "poddisruptionbudgets" -> "PodDisruptionBudget";
      default -> {
        String singular = sample.plural().replaceAll("s$", "");
        yield singular.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + singular.substring(1);
      }
    };
  }

  private Request request(String method, String target, byte[] body, String... contentType) {
    List<String> headers = new ArrayList<>();
    for (String each : contentType) headers.add("Content-Type: " + plain(each));
    headers.addAll(new Headers(chaos).some());
    boolean chunked = body.length > 0 && chaos.oneIn(10);
    return new Request(method, target, List.copyOf(headers), body, chunked);
  }

  static String plain(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
