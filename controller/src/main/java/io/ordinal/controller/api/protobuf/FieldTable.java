package io.ordinal.controller.api.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Messages and their fields, read once from a table that people can read too. */
final class FieldTable {
  /** How a field may occur. */
  enum Shape {
    SINGLE,
    LIST,
    MAP,
    /** A message whose fields stand in JSON among those of the one around it. */
    INLINE
  }

  /**
   * @param type of the value, or of the elements
   * @param kept whether zero and empty values are told from absent ones
   */
  record Field(String name, String type, Shape shape, boolean kept) {}

  private static final Map<String, Map<Integer, Field>> MESSAGES = load();

  private FieldTable() {}

  static boolean knows(String message) {
    return MESSAGES.containsKey(message);
  }

  /** Fields by number. */
  static Map<Integer, Field> of(String message) {
    Map<Integer, Field> fields = MESSAGES.get(message);
    if (fields == null) throw new IllegalStateException("the table has no message " + message);
    return fields;
  }

  private static Map<String, Map<Integer, Field>> load() {
    Map<String, Map<Integer, Field>> found = new HashMap<>();
    Map<Integer, Field> fields = Map.of();
    for (String line : text().split("\n")) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith(" ")) {
        String[] words = line.strip().split(" ");
        fields.put(Integer.valueOf(words[0]), field(words[1], words[2]));
      } else {
        fields = new HashMap<>();
        found.put(line.strip(), fields);
      }
    }
    return Map.copyOf(found);
  }

  private static Field field(String name, String type) {
    if (type.startsWith("map:")) return new Field(name, type.substring(4), Shape.MAP, false);
    if (type.startsWith("inline:")) return new Field(name, type.substring(7), Shape.INLINE, false);
    if (type.endsWith("[]")) {
      return new Field(name, type.substring(0, type.length() - 2), Shape.LIST, false);
    }
    boolean kept = type.endsWith("?");
    String plain = kept ? type.substring(0, type.length() - 1) : type;
    return new Field(name, plain, Shape.SINGLE, kept);
  }

  private static String text() {
    try (InputStream table = FieldTable.class.getResourceAsStream("fields.txt")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new IllegalStateException("the table of protobuf fields cannot be read", missing);
    }
  }
}
