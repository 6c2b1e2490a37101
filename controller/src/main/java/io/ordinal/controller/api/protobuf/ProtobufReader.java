package io.ordinal.controller.api.protobuf;

import io.ordinal.controller.api.http.BodyReader;
import io.ordinal.controller.api.http.Document;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.protobuf.FieldTable.Field;
import io.ordinal.controller.document.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads an object in Kubernetes' protobuf envelope into the tree that JSON would have given. */
public final class ProtobufReader {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int MICRO_DIGITS = 6;

  /** Years of four digits only: no other time can be printed for clients. */
  private static final long MOST_SECONDS = 62_000_000_000L;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private int values;

  private ProtobufReader() {}

  /**
   * @throws io.ordinal.controller.api.http.StatusException 400 when it is malformed, 413 for more
   *     values than bodies may have, 415 when this kind is not in the table
   */
  public static Document read(byte[] body) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (body.length <= i || body[i] != MAGIC[i]) {
        throw Refusal.badRequest(
            "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
      }
    }
    byte[] envelope = java.util.Arrays.copyOfRange(body, MAGIC.length, body.length);
    TypeMeta type = new TypeMeta("", "");
    byte[] raw = new byte[0];
    WireReader unknown = new WireReader(envelope);
    while (unknown.next()) {
      switch (unknown.number()) {
        case 1 -> type = typeMeta(unknown.bytes());
        case 2 -> raw = unknown.bytes();
        default -> unknown.skip();
      }
    }
    String message = messageOf(type);
    if (!FieldTable.knows(message)) {
      throw Refusal.unsupportedMediaType(
          "objects of kind "
              + type.kind()
              + " are read from application/json and application/yaml only");
    }
    ObjectNode tree = Json.object();
    tree.put("kind", type.kind()).put("apiVersion", type.apiVersion());
    tree.setAll(new ProtobufReader().message(message, raw));
    return new Document(tree, List.of());
  }

  /** A kind that two groups have is listed with the group of the second. */
  private static String messageOf(TypeMeta type) {
    int slash = type.apiVersion().indexOf('/');
    String grouped = type.kind() + "." + type.apiVersion().substring(0, Math.max(0, slash));
    return FieldTable.knows(grouped) ? grouped : type.kind();
  }

  private record TypeMeta(String apiVersion, String kind) {}

  private static TypeMeta typeMeta(byte[] bytes) {
    String apiVersion = "";
    String kind = "";
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      if (reader.number() == 1) apiVersion = reader.text();
      else if (reader.number() == 2) kind = reader.text();
      else reader.skip();
    }
    return new TypeMeta(apiVersion, kind);
  }

  private ObjectNode message(String type, byte[] bytes) {
    ObjectNode tree = Json.object();
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      Field field = FieldTable.of(type).get(reader.number());
      if (field == null) reader.skip();
      else read(reader, field, tree);
    }
    return tree;
  }

  private void read(WireReader reader, Field field, ObjectNode tree) {
    switch (field.shape()) {
      case SINGLE -> {
        JsonNode value = value(reader, field.type());
        if (field.kept() || !saysNothing(value)) tree.set(field.name(), value);
      }
      case LIST -> tree.withArray("/" + field.name()).add(value(reader, field.type()));
      case INLINE -> tree.setAll(message(field.type(), reader.bytes()));
      case MAP -> entry(reader.bytes(), field, tree.withObject("/" + field.name()));
    }
  }

  private void entry(byte[] bytes, Field field, ObjectNode map) {
    String key = "";
    JsonNode value = NODES.stringNode("");
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      if (reader.number() == 1) key = reader.text();
      else if (reader.number() == 2) value = value(reader, field.type());
      else reader.skip();
    }
    map.set(key, value);
  }

  private JsonNode value(WireReader reader, String type) {
    if (++values > BodyReader.MOST_VALUES) throw Refusal.tooManyValues(BodyReader.MOST_VALUES);
    return switch (type) {
      case "string" -> NODES.stringNode(reader.text());
      case "bytes" -> NODES.stringNode(Base64.getEncoder().encodeToString(reader.bytes()));
      case "bool" -> NODES.booleanNode(reader.integer() != 0);
      case "int" -> number(reader.integer());
      case "Time" -> time(reader.bytes(), 0);
      case "MicroTime" -> time(reader.bytes(), MICRO_DIGITS);
      case "Quantity" -> quantity(reader.bytes());
      case "IntOrString" -> intOrString(reader.bytes());
      default -> message(type, reader.bytes());
    };
  }

  private static JsonNode number(long value) {
    boolean small = value == (int) value;
    return small ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  /**
   * @param digits of the fraction of a second
   */
  private static JsonNode time(byte[] bytes, int digits) {
    if (bytes.length == 0) return NODES.nullNode();
    long seconds = 0;
    long nanos = 0;
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      if (reader.number() == 1) seconds = reader.integer();
      else if (reader.number() == 2) nanos = reader.integer();
      else reader.skip();
    }
    if (Math.abs(seconds) > MOST_SECONDS || nanos < 0 || nanos > 999_999_999) {
      throw Refusal.badRequest("a time in the protobuf message is out of range");
    }
    DateTimeFormatter format =
        new DateTimeFormatterBuilder().appendInstant(digits).toFormatter(Locale.ROOT);
    return NODES.stringNode(format.format(Instant.ofEpochSecond(seconds, nanos)));
  }

  private static JsonNode quantity(byte[] bytes) {
    String text = "0";
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      if (reader.number() == 1) text = reader.text();
      else reader.skip();
    }
    return NODES.stringNode(text);
  }

  private static JsonNode intOrString(byte[] bytes) {
    boolean isText = false;
    int number = 0;
    String text = "";
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> isText = reader.integer() == 1;
        case 2 -> number = (int) reader.integer();
        case 3 -> text = reader.text();
        default -> reader.skip();
      }
    }
    return isText ? NODES.stringNode(text) : NODES.numberNode(number);
  }

  private static boolean saysNothing(JsonNode value) {
    if (value.isNull()) return true;
    if (value.isString()) return value.asString().isEmpty();
    if (value.isNumber()) return value.asLong() == 0;
    if (value.isBoolean()) return !value.asBoolean();
    return value.isContainer() && value.isEmpty();
  }
}
