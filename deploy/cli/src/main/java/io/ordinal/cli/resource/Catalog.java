package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a server serves, by its aggregated discovery. */
public final class Catalog {
  private static final String DISCOVERY =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final List<ResourceType> types;

  private Catalog(List<ResourceType> types) {
    this.types = List.copyOf(types);
  }

  public static Catalog of(ApiClient api) throws IOException, InterruptedException {
    List<ResourceType> types = new ArrayList<>();
    for (String root : List.of("/api", "/apis")) {
      for (JsonNode group : api.get(root, DISCOVERY).path("items")) read(group, types);
    }
    return new Catalog(types);
  }

  private static void read(JsonNode group, List<ResourceType> types) {
    String name = group.path("metadata").path("name").asString("");
    for (JsonNode version : group.path("versions")) {
      for (JsonNode resource : version.path("resources")) {
        types.add(type(name, version.path("version").asString(""), resource));
      }
    }
  }

  private static ResourceType type(String group, String version, JsonNode resource) {
    String plural = resource.path("resource").asString("");
    String kind = resource.path("responseKind").path("kind").asString("");
    Set<String> names = new LinkedHashSet<>(List.of(plural, kind.toLowerCase(Locale.ROOT)));
    names.addAll(texts(resource.path("shortNames")));
    Set<String> subresources = new LinkedHashSet<>();
    resource
        .path("subresources")
        .forEach(each -> subresources.add(each.path("subresource").asString("")));
    return new ResourceType(
        group,
        version,
        plural,
        kind,
        resource.path("scope").asString("").equals("Namespaced"),
        names,
        Set.copyOf(texts(resource.path("categories"))),
        texts(resource.path("verbs")),
        subresources);
  }

  private static List<String> texts(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(each -> found.add(each.asString("")));
    return found;
  }

  /** All of them, in the server's order: the first that fits a name is the one meant. */
  public List<ResourceType> types() {
    return types;
  }

  /**
   * What people mean by a word: a kind by one of its names, or all of a category such as {@code
   * all}.
   *
   * @throws IOException when nothing is called so
   */
  public List<ResourceType> meant(String word) throws IOException {
    for (ResourceType each : types) {
      if (each.isMeantBy(word)) return List.of(each);
    }
    List<ResourceType> together =
        types.stream().filter(each -> each.categories().contains(word)).toList();
    if (!together.isEmpty()) return together;
    throw new IOException("the server doesn't have a resource type \"" + word + "\"");
  }

  /**
   * @throws IOException when a manifest's kind is not served in that version
   */
  public ResourceType of(String apiVersion, String kind) throws IOException {
    return find(apiVersion, kind)
        .orElseThrow(
            () ->
                new IOException(
                    "no matches for kind \""
                        + kind
                        + "\" in version \""
                        + apiVersion
                        + "\"; ordinal api-resources lists what is served"));
  }

  /** Nothing when it is not served in that version. */
  public Optional<ResourceType> find(String apiVersion, String kind) {
    return types.stream()
        .filter(each -> each.apiVersion().equals(apiVersion) && each.kind().equals(kind))
        .findFirst();
  }
}
