package io.ordinal.agent.driver.catalogue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The images of this node: every {@code *.conf} file of one directory, read again when one of them
 * changed. A file is HOCON:
 *
 * <pre>
 * images = [{
 *   repository = redis              # normalised as Docker does: docker.io/library/redis
 *   tags = ["7", "7.0"]             # optional; other tags run too, with a note in an event
 *   pinned = false                  # optional; true: other tags are refused
 *   root = host                     # the machine's own file system, or an absolute directory
 *   entrypoint = ["redis-server"]   # optional; ${NAME} stands for a value that the node gives
 *   args = []                       # optional
 *   description = "..."
 * }]
 * </pre>
 */
public final class ImageCatalogue {
  private static final String HOST = "host";

  private final Path directory;
  private final Config values;
  private Map<Path, FileTime> seen = Map.of();
  private Map<String, Image> images = Map.of();

  /**
   * @param directory where the operator adds files; may be missing
   * @param values what {@code ${NAME}} in the files stands for, such as ORDINAL_HOME and JAVA_HOME
   */
  public ImageCatalogue(Path directory, Map<String, String> values) {
    this.directory = directory.toAbsolutePath();
    this.values = ConfigFactory.parseMap(values, "values of the node");
  }

  /**
   * What an image's name stands for. Reads files; not for an actor's thread.
   *
   * @param note for an event when the tag is not one that the entry names, otherwise empty
   */
  public record Found(Image image, String note) {}

  /**
   * Looks an image up.
   *
   * @throws LaunchRefused ErrImagePull when no entry fits, InvalidImageName for an empty name
   */
  public synchronized Found find(String name) {
    if (name.isBlank()) throw new LaunchRefused("InvalidImageName", "the image has no name");
    refresh();
    ImageReference reference = ImageReference.parse(name);
    Image image = images.get(reference.repository());
    if (image == null) {
      throw new LaunchRefused(
          "ErrImagePull",
          String.format(
              "image \"%s\" is not in this node's catalogue: add a file such as %s with an entry"
                  + " whose repository is \"%s\"",
              name, suggested(reference), reference.repository()));
    }
    boolean named =
        image.tags().isEmpty()
            || reference.digest().isEmpty() && image.tags().contains(reference.tag());
    if (named) return new Found(image, "");
    String asked = reference.digest().isEmpty() ? reference.tag() : reference.digest();
    if (image.pinned()) {
      throw new LaunchRefused(
          "ErrImagePull",
          String.format(
              "the catalogue in %s has \"%s\" for the tags %s only, not for %s",
              directory, image.repository(), image.tags(), asked));
    }
    return new Found(
        image,
        String.format(
            "the catalogue names %s for \"%s\"; %s runs the same", image.tags(), name, asked));
  }

  private Path suggested(ImageReference reference) {
    String last = reference.repository().substring(reference.repository().lastIndexOf('/') + 1);
    return directory.resolve(last + ".conf");
  }

  private void refresh() {
    Map<Path, FileTime> now = files();
    if (now.equals(seen)) return;
    Map<String, Image> read = new TreeMap<>();
    for (Path file : now.keySet()) {
      for (Image image : read(file)) read.put(image.repository(), image);
    }
    images = read;
    seen = now;
  }

  private Map<Path, FileTime> files() {
    if (!Files.isDirectory(directory)) return Map.of();
    try (Stream<Path> children = Files.list(directory)) {
      Map<Path, FileTime> times = new TreeMap<>();
      for (Path file : children.filter(child -> child.toString().endsWith(".conf")).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
      return times;
    } catch (IOException e) {
      throw new UncheckedIOException("the image catalogue in " + directory, e);
    }
  }

  private List<Image> read(Path file) {
    try {
      Config config =
          ConfigFactory.parseFile(file.toFile())
              .resolveWith(values, ConfigResolveOptions.noSystem());
      List<Image> found = new ArrayList<>();
      for (Config entry : config.getConfigList("images")) found.add(image(entry));
      return found;
    } catch (ConfigException e) {
      throw new LaunchRefused(
          "ErrImagePull", "the image catalogue cannot be read: " + e.getMessage());
    }
  }

  private static Image image(Config entry) {
    String root = entry.hasPath("root") ? entry.getString("root") : HOST;
    return new Image(
        ImageReference.parse(entry.getString("repository")).repository(),
        Set.copyOf(strings(entry, "tags")),
        entry.hasPath("pinned") && entry.getBoolean("pinned"),
        root.equals(HOST) ? Optional.empty() : Optional.of(Path.of(root)),
        strings(entry, "entrypoint"),
        strings(entry, "args"),
        entry.hasPath("description") ? entry.getString("description") : "");
  }

  private static List<String> strings(Config entry, String key) {
    return entry.hasPath(key) ? List.copyOf(entry.getStringList(key)) : List.of();
  }
}
