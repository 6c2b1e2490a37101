package io.ordinal.cli.client;

import io.ordinal.controller.document.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads manifests as kubectl does: YAML or JSON, several documents in a file, lists unfolded,
 * directories.
 */
public final class Manifests {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /** What word processors and web pages make of quotes. */
  private static final Pattern TYPOGRAPHIC = Pattern.compile("[\u2018-\u201f]");

  private static final int MOST_SHOWN = 100;

  private Manifests() {}

  /**
   * @param source a file, a directory of .yaml, .yml and .json files, or {@code -} for standard
   *     input
   * @throws IOException with the file's name and what is wrong with it
   */
  public static List<Manifest> read(String source) throws IOException {
    List<Manifest> found = new ArrayList<>();
    List<BadManifest> faults = readable(source, found);
    if (!faults.isEmpty()) throw faults.get(0);
    return found;
  }

  /**
   * Reads what can be read: of a file with a fault, the objects before it.
   *
   * @param source as above
   * @param found gets the objects
   * @return a fault at most of each file
   */
  public static List<BadManifest> readable(String source, List<Manifest> found) throws IOException {
    List<BadManifest> faults = new ArrayList<>();
    int before = found.size();
    if (source.equals("-")) {
      parse("STDIN", System.in, found).ifPresent(faults::add);
      return faults;
    }
    Path path = Path.of(source);
    if (!Files.exists(path)) {
      return List.of(new BadManifest("the path \"" + source + "\" does not exist; look at -f"));
    }
    List<Path> files = Files.isDirectory(path) ? manifestsIn(path) : List.of(path);
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        parse(file.toString(), in, found).ifPresent(faults::add);
      }
    }
    if (found.size() == before && faults.isEmpty()) {
      faults.add(
          new BadManifest(
              "no objects in " + source + "; expected manifests in .yaml, .yml or .json files"));
    }
    return faults;
  }

  private static List<Path> manifestsIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(each -> each.toString().matches(".*\\.(yaml|yml|json)"))
          .sorted()
          .toList();
    }
  }

  private static Optional<BadManifest> parse(String name, InputStream in, List<Manifest> found) {
    List<JsonNode> documents = new ArrayList<>();
    Optional<BadManifest> fault = Optional.empty();
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(in)) {
      while (all.hasNext()) documents.add(all.next());
    } catch (JacksonException e) {
      String language = name.endsWith(".json") ? "" : "error converting YAML to JSON: yaml: ";
      fault =
          Optional.of(
              new BadManifest("error parsing " + name + ": " + language + at(e) + problem(e)));
    }
    boolean several = documents.size() > 1 || fault.isPresent() && !documents.isEmpty();
    try {
      for (int i = 0; i < documents.size(); i++) {
        String which = several ? " (document " + (i + 1) + ")" : "";
        unfold(new Place(name, which), documents.get(i), found);
      }
    } catch (BadManifest wrong) {
      return Optional.of(wrong);
    }
    return fault;
  }

  /**
   * @param document which of several; empty for the only one
   */
  private record Place(String file, String document) {
    BadManifest fault(String text) {
      return new BadManifest("error parsing " + file + document + ": " + text);
    }

    String quoted() {
      return "\"" + file + "\"" + document;
    }
  }

  private static void unfold(Place place, JsonNode document, List<Manifest> found)
      throws BadManifest {
    if (document == null || document.isNull() || document.isMissingNode()) return;
    if (!(document instanceof ObjectNode object)
        || object.path("kind").asString("").isEmpty()
        || object.path("apiVersion").asString("").isEmpty()) {
      throw place.fault(
          "expected an object with apiVersion and kind, found " + shortened(document.toString()));
    }
    String type = object.path("apiVersion").asString() + object.path("kind").asString();
    if (TYPOGRAPHIC.matcher(type).find()) {
      throw place.fault("typographic quotes in apiVersion or kind; type plain ones, or none");
    }
    if (object.path("kind").asString().endsWith("List") && object.path("items").isArray()) {
      for (JsonNode item : object.path("items")) unfold(place, item, found);
    } else {
      found.add(new Manifest(place.quoted(), object));
    }
  }

  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : Piece.first(text, MOST_SHOWN) + " ...";
  }

  private static String at(JacksonException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  /** The last of several lines that say what is wrong, between others that show where. */
  private static String problem(JacksonException e) {
    String text = e.getOriginalMessage();
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .reduce((first, later) -> later)
        .orElse(text);
  }
}
