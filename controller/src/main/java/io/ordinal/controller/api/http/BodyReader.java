package io.ordinal.controller.api.http;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.PathText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads JSON and YAML into trees, noting fields that stand twice. */
public final class BodyReader {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_LEVELS = 200;

  /** A body of the largest size has fewer unless most are of a letter or two, as nobody's are. */
  public static final int MOST_VALUES = 400_000;

  /** As many as Kubernetes tells. */
  private static final int MOST_DUPLICATES = 100;

  private final JsonParser parser;
  private final List<String> duplicates = new ArrayList<>();
  private int values;

  private BodyReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @throws StatusException 400 with the position of the fault; 413 for more than 400,000 values
   */
  public static Document json(byte[] body) {
    return read("json", body);
  }

  /**
   * @throws StatusException 400 with the position of the fault; 413 for more than 400,000 values
   */
  public static Document yaml(byte[] body) {
    return read("yaml", body);
  }

  private static Document read(String language, byte[] body) {
    boolean yaml = language.equals("yaml");
    try (JsonParser parser = yaml ? YAML.createParser(body) : Json.mapper().createParser(body)) {
      BodyReader reader = new BodyReader(parser);
      JsonToken first = parser.nextToken();
      if (first == null)
        throw unrecognized(language, "unexpected end of " + language + " input", body);
      JsonNode tree = reader.value(first, Place.TOP, 0);
      if (!yaml && parser.nextToken() != null) {
        throw unrecognized(
            language, "invalid text after top-level value" + at(parser.currentLocation()), body);
      }
      return new Document(tree, List.copyOf(reader.duplicates));
    } catch (StreamReadException broken) {
      throw unrecognized(language, firstLine(broken) + at(broken.getLocation()), body);
    } catch (JacksonException broken) {
      throw unrecognized(language, firstLine(broken), body);
    }
  }

  private JsonNode value(JsonToken token, Place place, int level) {
    if (level > MOST_LEVELS)
      throw Refusal.badRequest("nested deeper than " + MOST_LEVELS + " levels");
    if (++values > MOST_VALUES) throw Refusal.tooManyValues(MOST_VALUES);
    return switch (token) {
      case START_OBJECT -> object(place, level);
      case START_ARRAY -> array(place, level);
      case VALUE_STRING -> NODES.stringNode(sound(parser.getString()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw Refusal.badRequest("unexpected " + token + at(parser.currentLocation()));
    };
  }

  private ObjectNode object(Place place, int level) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = sound(parser.currentName());
      Place here = new Place(place, name, -1);
      JsonNode value = value(parser.nextToken(), here, level + 1);
      JsonNode before = object.replace(name, value);
      if (before != null && duplicates.size() < MOST_DUPLICATES) duplicates.add(here.path());
    }
    return object;
  }

  private ArrayNode array(Place place, int level) {
    ArrayNode array = NODES.arrayNode();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      array.add(value(token, new Place(place, "", array.size()), level + 1));
    }
    return array;
  }

  /**
   * Half a surrogate pair is no character: as Go's decoder has it, another stands for it. A patch
   * would make a name of it, and no reader takes that.
   */
  private static String sound(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (!Character.isSurrogate(each)) continue;
      boolean pair =
          Character.isHighSurrogate(each)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else {
        if (mended == null) mended = new StringBuilder(text);
        mended.setCharAt(i, '\ufffd');
      }
    }
    return mended == null ? text : mended.toString();
  }

  /**
   * Where a value stands; made into text only for people, as names may be as long as the body.
   *
   * @param index in a list, negative for a field
   */
  private record Place(Place above, String name, int index) {
    static final Place TOP = new Place(null, "", -1);

    String path() {
      PathText text = new PathText();
      Place each = this;
      while (each != TOP && text.prepend(each.name, each.index)) each = each.above;
      return text.fromTop();
    }
  }

  /** As in Kubernetes; what no double can hold has no value here, so it would not be kept. */
  private JsonNode fraction() {
    double number = parser.getDoubleValue();
    if (Double.isFinite(number)) return NODES.numberNode(number);
    throw Refusal.badRequest(
        "json: cannot unmarshal number "
            + shown(parser.getString())
            + " into Go value of type float64"
            + at(parser.currentTokenLocation()));
  }

  private static String shown(String number) {
    return number.length() <= 60 ? number : number.substring(0, 60) + "...";
  }

  private JsonNode integer() {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> {
        BigInteger large = parser.getBigIntegerValue();
        yield NODES.numberNode(large);
      }
    };
  }

  private static StatusException unrecognized(String language, String fault, byte[] body) {
    String start =
        new String(body, 0, Math.min(body.length, 60), java.nio.charset.StandardCharsets.UTF_8);
    String shown = start.isBlank() ? "<empty>" : start.strip() + (body.length > 60 ? "..." : "");
    return Refusal.badRequest(
        "the object provided is unrecognized (must be of type object): couldn't get version/kind; "
            + language
            + " parse error: "
            + fault
            + " ("
            + shown
            + ")");
  }

  private static String at(TokenStreamLocation location) {
    if (location == null || location.getLineNr() < 0) return "";
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String firstLine(JacksonException broken) {
    String text = broken.getOriginalMessage();
    int end = text == null ? -1 : text.indexOf('\n');
    return end < 0 ? String.valueOf(text) : text.substring(0, end);
  }
}
