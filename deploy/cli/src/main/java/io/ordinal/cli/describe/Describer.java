package io.ordinal.cli.describe;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.cli.resource.Description;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Everything about an object, with what belongs to it and what happened to it. */
public final class Describer {
  private static final String JSON = "application/json";
  private static final int NOT_ALLOWED = 403;
  private static final int NOT_FOUND = 404;
  private final ApiClient api;
  private final Instant now;

  /**
   * @param now from which ages are counted
   */
  public Describer(ApiClient api, Instant now) {
    this.api = api;
    this.now = now;
  }

  /**
   * As kubectl has it for the kinds that people look at most, and all fields of others. What
   * belongs to the object and may not be read does not keep the rest from being told.
   */
  public List<String> lines(JsonNode object) throws IOException, InterruptedException {
    Optional<Sheet> known = known(object);
    Sheet sheet = known.orElseGet(Sheet::new);
    EventsSection.write(sheet, events(object), now);
    if (known.isPresent()) return sheet.lines();
    List<String> lines = new ArrayList<>(Description.of(object));
    lines.addAll(sheet.lines());
    return lines;
  }

  private Optional<Sheet> known(JsonNode object) throws IOException, InterruptedException {
    JsonNode metadata = object.path("metadata");
    String name = Texts.of(metadata.path("name"));
    String namespace = "/namespaces/" + Texts.of(metadata.path("namespace"));
    String kind = Texts.of(object.path("apiVersion")) + " " + Texts.of(object.path("kind"));
    return switch (kind) {
      case "v1 Pod" -> Optional.of(PodText.of(object, now));
      case "apps/v1 StatefulSet" -> Optional.of(set(object, namespace));
      case "v1 Node" -> Optional.of(node(object, name));
      case "v1 PersistentVolumeClaim" ->
          Optional.of(ClaimText.of(object, items("/api/v1" + namespace + "/pods", ""), now));
      case "v1 PersistentVolume" -> Optional.of(VolumeText.of(object, now));
      case "v1 Service" -> {
        String slices = "/apis/discovery.k8s.io/v1" + namespace + "/endpointslices";
        String own = "labelSelector=" + encoded("kubernetes.io/service-name=" + name);
        yield Optional.of(ServiceText.of(object, items(slices, own)));
      }
      default -> Optional.empty();
    };
  }

  private Sheet set(JsonNode set, String namespace) throws IOException, InterruptedException {
    String selector = Texts.selector(set.path("spec").path("selector"));
    String pods = "/api/v1" + namespace + "/pods";
    return SetText.of(set, items(pods, "labelSelector=" + encoded(selector)));
  }

  private Sheet node(JsonNode node, String name) throws IOException, InterruptedException {
    String here = "spec.nodeName=" + name + ",status.phase!=Failed,status.phase!=Succeeded";
    Optional<JsonNode> pods = items("/api/v1/pods", "fieldSelector=" + encoded(here));
    return NodeText.of(node, lease(name), pods, now);
  }

  private NodeLease lease(String node) throws IOException, InterruptedException {
    String leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";
    try {
      return NodeLease.of(api.get(leases + node, JSON));
    } catch (ApiFailure refused) {
      if (refused.code() != NOT_ALLOWED && refused.code() != NOT_FOUND) throw refused;
      return NodeLease.refused(refused.said());
    }
  }

  /**
   * Asked for in the object's namespace, as many may read no other. Those about a node name it by
   * its name instead of its uid, for the most part.
   */
  private Optional<JsonNode> events(JsonNode object) throws IOException, InterruptedException {
    JsonNode metadata = object.path("metadata");
    boolean node = Texts.of(object.path("kind")).equals("Node");
    String about =
        node
            ? "involvedObject.kind=Node,involvedObject.name=" + Texts.of(metadata.path("name"))
            : "involvedObject.uid=" + Texts.of(metadata.path("uid"));
    String namespace = Texts.of(metadata.path("namespace"));
    String where = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
    return items("/api/v1" + where + "/events", "fieldSelector=" + encoded(about));
  }

  /** Nothing if this user may not read them. */
  private Optional<JsonNode> items(String path, String query)
      throws IOException, InterruptedException {
    try {
      return Optional.of(api.get(path + (query.isEmpty() ? "" : "?" + query), JSON).path("items"));
    } catch (ApiFailure refused) {
      if (refused.code() != NOT_ALLOWED) throw refused;
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
