package io.ordinal.cli.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an argument names: one object, or all of a kind.
 *
 * @param name empty for all
 */
public record Target(ResourceType type, Optional<String> name) {
  private static final Pattern NAME = Pattern.compile("[^/%\\s]+");

  /**
   * @throws IllegalArgumentException of a name that no object can have: an empty one would mean all
   *     of them
   */
  public Target {
    if (name.isPresent() && !isName(name.get())) {
      throw new IllegalArgumentException(
          "expected the name of one of the " + type.plural() + ", found '" + name.get() + "'");
    }
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  /**
   * Reads {@code pods}, {@code pods web-0 web-1}, {@code pods,services} and {@code pod/web-0
   * sts/web}, as kubectl does.
   *
   * @throws IOException when that cannot be understood, or the server has no such kind
   */
  public static List<Target> read(Catalog catalog, List<String> arguments) throws IOException {
    if (arguments.isEmpty()) {
      throw new IOException("name a kind, such as pods, or an object, such as pod/web-0");
    }
    boolean slashes = arguments.stream().anyMatch(each -> each.contains("/"));
    List<Target> found = new ArrayList<>();
    if (slashes) {
      for (String each : arguments) found.add(pair(catalog, each));
      return found;
    }
    List<String> names = arguments.subList(1, arguments.size());
    for (String word : arguments.get(0).split(",")) {
      for (ResourceType type : catalog.meant(word)) {
        if (names.isEmpty()) found.add(new Target(type, Optional.empty()));
        names.forEach(name -> found.add(new Target(type, Optional.of(name))));
      }
    }
    return found;
  }

  private static Target pair(Catalog catalog, String argument) throws IOException {
    String[] parts = argument.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new IOException(
          "expected only objects such as pod/web-0 beside one another, found '" + argument + "'");
    }
    List<ResourceType> types = catalog.meant(parts[0]);
    if (types.size() > 1) throw new IOException("expected one kind, found '" + parts[0] + "'");
    return new Target(types.get(0), Optional.of(parts[1]));
  }

  /**
   * @param namespace empty for all; of no account where the kind has none
   */
  public String path(String namespace) {
    String collection = type.collection(namespace);
    return name.map(each -> collection + "/" + each).orElse(collection);
  }

  /** As kubectl prints it, such as {@code statefulset.apps/web}. */
  public String shown() {
    return type.shown() + name.map(each -> "/" + each).orElse("");
  }
}
