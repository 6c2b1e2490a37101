package io.ordinal.cli.drain;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Over the Kubernetes API. */
public final class HttpNodeApi implements NodeApi {
  /** On a node that its own member closed when it stopped: it opens it again when it is back. */
  private static final String BY_ITSELF = "ordinal.io/cordoned-for-stop";

  private final ApiClient api;

  public HttpNodeApi(ApiClient api) {
    this.api = api;
  }

  @Override
  public boolean cordon(String node, boolean closed, boolean byItself)
      throws IOException, InterruptedException {
    ObjectNode found = node(node);
    boolean was = found.path("spec").path("unschedulable").asBoolean(false);
    if (was == closed && (closed || !isClosedByItself(found))) return false;
    ObjectNode patch = Json.object();
    ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
    if (closed && byItself) annotations.put(BY_ITSELF, "true");
    else annotations.putNull(BY_ITSELF);
    ObjectNode spec = patch.putObject("spec");
    if (closed) spec.put("unschedulable", true);
    else spec.putNull("unschedulable");
    api.mergePatch(path(node), patch);
    return true;
  }

  @Override
  public boolean closedByItself(String node) throws IOException, InterruptedException {
    return isClosedByItself(node(node));
  }

  private static boolean isClosedByItself(ObjectNode node) {
    return node.path("metadata").path("annotations").has(BY_ITSELF);
  }

  private ObjectNode node(String name) throws IOException, InterruptedException {
    return api.get(path(name), "application/json");
  }

  private static String path(String node) {
    return "/api/v1/nodes/" + encoded(node);
  }

  @Override
  public List<NodePod> podsOn(String node, String selector)
      throws IOException, InterruptedException {
    String path = "/api/v1/pods?fieldSelector=" + encoded("spec.nodeName=" + node);
    if (!selector.isEmpty()) path += "&labelSelector=" + encoded(selector);
    List<NodePod> found = new ArrayList<>();
    for (JsonNode each : api.get(path).orElseThrow().path("items")) found.add(NodePod.of(each));
    return found;
  }

  @Override
  public Optional<NodePod> pod(String namespace, String name)
      throws IOException, InterruptedException {
    return api.get(pod(namespace, name, "")).map(NodePod::of);
  }

  @Override
  public Eviction evict(NodePod pod, OptionalLong graceSeconds, boolean dryRun)
      throws IOException, InterruptedException {
    ObjectNode eviction = Json.object();
    eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
    eviction.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
    ObjectNode options = eviction.putObject("deleteOptions");
    if (graceSeconds.isPresent()) options.put("gracePeriodSeconds", graceSeconds.getAsLong());
    if (dryRun) options.putArray("dryRun").add("All");
    // The pod that was listed, not the next life of its name.
    options.putObject("preconditions").put("uid", pod.uid());
    ApiClient.Answer answer =
        api.call("POST", pod(pod.namespace(), pod.name(), "/eviction"), eviction);
    return new Eviction(result(answer), message(answer), answer.warnings());
  }

  private static Result result(ApiClient.Answer answer) {
    return switch (answer.code()) {
      case 404, 409 -> Result.GONE; // 409: another life has its name by now.
      case 429, 500, 502, 503, 504 -> Result.LATER;
      default -> answer.code() < 300 ? Result.GRANTED : Result.REFUSED;
    };
  }

  /** The cause of a refusal by budget says more than its message. */
  private static String message(ApiClient.Answer answer) {
    String cause = answer.body().at("/details/causes/0/message").asString("");
    return cause.isEmpty() ? answer.body().path("message").asString("") : cause;
  }

  private static String pod(String namespace, String name, String subresource) {
    return "/api/v1/namespaces/" + encoded(namespace) + "/pods/" + encoded(name) + subresource;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
