package io.ordinal.tests.fuzz;

import io.ordinal.controller.document.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Odd values, and ways to spoil good ones. All by one seed. */
final class Chaos {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "x".repeat(64),
          "x".repeat(254),
          "A_b",
          "-",
          "a/b",
          "a/b/c",
          "../..",
          "\u0000",
          "\n",
          "\ud83d\ude00",
          "\ud800",
          "\u202e",
          "%s%n",
          "{{x}}",
          "\"",
          "\\",
          "'",
          "null",
          "true",
          "1e999",
          "-1",
          "0x10",
          "9223372036854775808",
          "NaN",
          "100%",
          "200%",
          "1Gi",
          "-1Gi",
          "1.5m",
          "1e1000000000",
          "2021-13-45T00:00:00Z",
          "2021-01-01T00:00:00Z",
          "10.0.0.300",
          "10.0.0.1",
          "::1",
          "fe80::/129",
          "*",
          "kube-system",
          "default",
          "fuzz",
          "IfNotPresent",
          "Always",
          "foregroundDeletion",
          "orphan",
          "a.b/c",
          "kubernetes.io/metadata.name",
          "$patch",
          "All");

  private static final List<String> KEYS =
      List.of(
          "metadata",
          "name",
          "namespace",
          "labels",
          "annotations",
          "finalizers",
          "ownerReferences",
          "uid",
          "resourceVersion",
          "generateName",
          "deletionTimestamp",
          "managedFields",
          "spec",
          "status",
          "data",
          "stringData",
          "binaryData",
          "immutable",
          "replicas",
          "selector",
          "matchLabels",
          "matchExpressions",
          "template",
          "containers",
          "ports",
          "env",
          "valueFrom",
          "resources",
          "limits",
          "volumes",
          "volumeClaimTemplates",
          "type",
          "kind",
          "apiVersion",
          "$patch",
          "$retainKeys",
          "$setElementOrder/containers",
          "$deleteFromPrimitiveList/finalizers",
          "",
          "a.b",
          "a/b",
          "~0",
          "\u0000");

  /** What no double or long holds, or not exactly. */
  private static final List<BigDecimal> LARGE =
      List.of(
          new BigDecimal("1e999"),
          new BigDecimal("-1.5e400"),
          new BigDecimal("1e-999"),
          new BigDecimal("9".repeat(400)),
          new BigDecimal("-" + "9".repeat(19)),
          new BigDecimal("18446744073709551616"),
          new BigDecimal("0." + "3".repeat(300)),
          new BigDecimal("2147483648.0"),
          new BigDecimal("1.0"));

  /** As they are written, where a number or a text stands. */
  private static final List<String> WRITTEN =
      List.of(
          "-0",
          "-0.0",
          "1e999",
          "1E400",
          "-1e309",
          "0e999999999",
          "1e2147483648",
          "01",
          "+1",
          ".5",
          "5.",
          "0x10",
          "NaN",
          "-Infinity",
          "1_000",
          "4.9e-325",
          "1" + "0".repeat(1200));

  private static final double[] NUMBERS = {
    0, -1, 1, 65536, 1e300, -1e-300, Integer.MAX_VALUE, Integer.MIN_VALUE, 3.5, 1L << 53
  };

  final Random chance;

  Chaos(long seed) {
    this.chance = new Random(seed);
  }

  boolean oneIn(int n) {
    return chance.nextInt(n) == 0;
  }

  <T> T any(List<T> list) {
    return list.get(chance.nextInt(list.size()));
  }

  String text() {
    return oneIn(8) ? noise(chance.nextInt(12)) : any(TEXTS);
  }

  String key() {
    return oneIn(6) ? text() : any(KEYS);
  }

  private String noise(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) text.append((char) (32 + chance.nextInt(95)));
    return text.toString();
  }

  /** Any value, nested at most so deep. */
  JsonNode value(int depth) {
    switch (chance.nextInt(depth > 0 ? 9 : 6)) {
      case 0:
        return Json.mapper().getNodeFactory().nullNode();
      case 1:
        return Json.mapper().getNodeFactory().booleanNode(chance.nextBoolean());
      case 2:
        return number();
      case 3:
        return Json.mapper().getNodeFactory().numberNode(chance.nextLong());
      case 4, 5:
        return Json.mapper().getNodeFactory().stringNode(text());
      case 6:
        ArrayNode array = Json.mapper().createArrayNode();
        for (int i = chance.nextInt(4); i > 0; i--) array.add(value(depth - 1));
        return array;
      default:
        ObjectNode object = Json.object();
        for (int i = chance.nextInt(4); i > 0; i--) object.set(key(), value(depth - 1));
        return object;
    }
  }

  /** Changes the tree in a few places. */
  void spoil(JsonNode tree) {
    for (int i = 1 + chance.nextInt(3); i > 0; i--) spoilOnce(tree);
  }

  /** Changes the tree in one place. */
  void spoilOnce(JsonNode tree) {
    List<JsonNode> places = new ArrayList<>();
    collect(tree, places);
    spoilOne(any(places));
  }

  private static void collect(JsonNode tree, List<JsonNode> places) {
    if (!tree.isContainer()) return;
    places.add(tree);
    tree.forEach(each -> collect(each, places));
  }

  private void spoilOne(JsonNode place) {
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.propertyNames().forEach(names::add);
      String name = names.isEmpty() || oneIn(4) ? key() : any(names);
      JsonNode there = object.path(name);
      switch (chance.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(key(), there.isMissingNode() ? value(2) : there.deepCopy());
        default -> object.set(name, value(3));
      }
    } else if (place instanceof ArrayNode array) {
      if (array.isEmpty() || oneIn(3)) array.add(value(3));
      else if (oneIn(3)) array.add(array.get(chance.nextInt(array.size())).deepCopy());
      else array.set(chance.nextInt(array.size()), value(3));
    }
  }

  private JsonNode number() {
    JsonNodeFactory nodes = Json.mapper().getNodeFactory();
    int which = chance.nextInt(NUMBERS.length + LARGE.size());
    return which < NUMBERS.length
        ? nodes.numberNode(NUMBERS[which])
        : nodes.numberNode(LARGE.get(which - NUMBERS.length));
  }

  /** Puts an odd number, as no printer would write it, in the place of one of the values. */
  byte[] spoilValue(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    List<Integer> colons = new ArrayList<>();
    for (int at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons.add(at);
    if (colons.isEmpty()) return json;
    int begin = any(colons) + 1;
    int end = begin;
    while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) end++;
    return (text.substring(0, begin) + any(WRITTEN) + text.substring(end))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Cuts, flips, doubles or inserts a few bytes. */
  byte[] spoil(byte[] bytes) {
    byte[] spoilt = bytes.clone();
    for (int i = 1 + chance.nextInt(4); i > 0 && spoilt.length > 0; i--) {
      int at = chance.nextInt(spoilt.length);
      switch (chance.nextInt(4)) {
        case 0 -> spoilt[at] = (byte) chance.nextInt(256);
        case 1 -> spoilt = Arrays.copyOf(spoilt, at);
        case 2 -> spoilt[at] ^= (byte) (1 << chance.nextInt(8));
        default -> spoilt = inserted(spoilt, at);
      }
    }
    return spoilt;
  }

  private byte[] inserted(byte[] bytes, int at) {
    byte[] more = text().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    System.arraycopy(more, 0, all, at, more.length);
    return all;
  }
}
