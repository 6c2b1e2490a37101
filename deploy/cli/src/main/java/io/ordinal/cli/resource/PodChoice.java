package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The pod that an argument means: its own name, or one of the pods that an object selects.
 *
 * @param containers their names, in the pod's order
 * @param remark for people, where the pod was not named
 */
public record PodChoice(Target pod, List<String> containers, Optional<String> remark) {

  /**
   * @throws IOException when there is no such pod
   */
  public static PodChoice of(ApiClient api, Catalog catalog, String argument, String namespace)
      throws IOException, InterruptedException {
    ResourceType pods = catalog.of("v1", "Pod");
    Target named =
        argument.contains("/")
            ? Target.read(catalog, List.of(argument)).get(0)
            : new Target(pods, Optional.of(argument));
    if (named.type().equals(pods)) {
      return chosen(named, api.get(named.path(namespace), "application/json"), Optional.empty());
    }
    JsonNode owner = api.get(named.path(namespace), "application/json");
    String labels =
        owner.path("spec").path("selector").path("matchLabels").properties().stream()
            .map(each -> each.getKey() + "%3D" + each.getValue().asString(""))
            .collect(Collectors.joining(","));
    JsonNode found =
        api.get(pods.collection(namespace) + "?labelSelector=" + labels, "application/json")
            .path("items");
    if (labels.isEmpty() || found.isEmpty()) throw new IOException(named.shown() + " has no pods");
    JsonNode first =
        StreamSupport.stream(found.spliterator(), false).min(PodChoice::byOrdinal).orElseThrow();
    Target pod = new Target(pods, Optional.of(first.path("metadata").path("name").asString("")));
    String remark = "Found " + found.size() + " pods, using " + pod.shown();
    return chosen(pod, first, found.size() > 1 ? Optional.of(remark) : Optional.empty());
  }

  /** All pods with these labels, by name. */
  public static List<PodChoice> selected(
      ApiClient api, Catalog catalog, String labels, String namespace)
      throws IOException, InterruptedException {
    ResourceType pods = catalog.of("v1", "Pod");
    String query = "?labelSelector=" + URLEncoder.encode(labels, StandardCharsets.UTF_8);
    JsonNode found = api.get(pods.collection(namespace) + query, "application/json").path("items");
    List<PodChoice> chosen = new ArrayList<>();
    for (JsonNode each : found) {
      Target pod = new Target(pods, Optional.of(each.path("metadata").path("name").asString("")));
      chosen.add(chosen(pod, each, Optional.empty()));
    }
    return chosen;
  }

  private static PodChoice chosen(Target pod, JsonNode object, Optional<String> remark) {
    List<String> names = new ArrayList<>();
    object
        .path("spec")
        .path("containers")
        .forEach(each -> names.add(each.path("name").asString("")));
    return new PodChoice(pod, List.copyOf(names), remark);
  }

  private static int byOrdinal(JsonNode one, JsonNode other) {
    String a = one.path("metadata").path("name").asString("");
    String b = other.path("metadata").path("name").asString("");
    int shorter = Integer.compare(a.length(), b.length());
    return shorter != 0 ? shorter : a.compareTo(b);
  }
}
