package io.ordinal.member.contact;

import io.ordinal.controller.document.Json;
import io.ordinal.member.directory.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The controllers as a controller told them last, in a file, so that a member finds the cluster
 * again after all that it was told at its joining are gone.
 */
public final class KnownControllers {
  private final Path file;
  private volatile List<Known> last;

  /**
   * @param artery host and port of its actor system
   * @param api such as {@code https://10.0.0.1:6443}
   */
  public record Known(String name, String artery, URI api) {}

  public KnownControllers(Path file) {
    this.file = file;
    this.last = read(file);
  }

  public List<Known> all() {
    return last;
  }

  /** Their actor systems, after those of the operator's list. */
  public List<ControllerAddress> with(List<ControllerAddress> listed) {
    Set<ControllerAddress> all = new LinkedHashSet<>(listed);
    last.forEach(each -> all.add(ControllerAddress.parse(each.artery(), 1)));
    return List.copyOf(all);
  }

  public List<URI> apis() {
    return last.stream().map(Known::api).toList();
  }

  /**
   * Takes what {@code /ordinal/v1/controllers} answered; an empty list is not believed.
   *
   * @return whether it was news
   */
  public boolean learn(JsonNode controllers) {
    return remember(list(controllers));
  }

  /**
   * Takes what the store says; an empty list is not believed.
   *
   * @return whether it was news
   */
  public boolean remember(List<Known> told) {
    if (told.isEmpty() || told.equals(last)) return false;
    ObjectNode tree = Json.object();
    ArrayNode list = tree.putArray("controllers");
    for (Known each : told) {
      list.addObject()
          .put("name", each.name())
          .put("artery", each.artery())
          .put("api", each.api().toString());
    }
    try {
      PrivateFiles.write(file, tree.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    last = List.copyOf(told);
    return true;
  }

  private static List<Known> read(Path file) {
    if (!Files.exists(file)) return List.of();
    try {
      return list(Json.object(Files.readAllBytes(file)).path("controllers"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (JacksonException | IllegalArgumentException damaged) {
      throw new IllegalStateException(file + " is damaged; remove it", damaged);
    }
  }

  private static List<Known> list(JsonNode controllers) {
    List<Known> found = new ArrayList<>();
    for (JsonNode each : controllers) {
      found.add(
          new Known(
              each.required("name").asString(),
              each.required("artery").asString(),
              URI.create(each.required("api").asString())));
    }
    return List.copyOf(found);
  }
}
