package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fields of a pod that the downward API may name. Pure. */
final class PodFields {
  /** What the node knows, or knows first. */
  static final Set<String> OF_NODE =
      Set.of("status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs", "spec.nodeName");

  private PodFields() {}

  /** The text of a field; nothing for one that there is not. */
  static Optional<String> text(ApiObject pod, String path) {
    Optional<String> label = subscript(path, "metadata.labels");
    if (label.isPresent()) return Optional.of(pod.labels().getOrDefault(label.get(), ""));
    Optional<String> annotation = subscript(path, "metadata.annotations");
    if (annotation.isPresent()) {
      return Optional.of(pod.annotations().getOrDefault(annotation.get(), ""));
    }
    return switch (path) {
      case "metadata.name" -> Optional.of(pod.name());
      case "metadata.namespace" -> Optional.of(pod.namespace());
      case "metadata.uid" -> Optional.of(pod.uid());
      case "metadata.labels" -> Optional.of(lines(pod.labels()));
      case "metadata.annotations" -> Optional.of(lines(pod.annotations()));
      case "spec.serviceAccountName" ->
          Optional.of(pod.spec().path("serviceAccountName").asString("default"));
      case "spec.nodeName" -> Optional.of(pod.spec().path("nodeName").asString(""));
      case "status.podIP", "status.podIPs" -> Optional.of(pod.status().path("podIP").asString(""));
      case "status.hostIP", "status.hostIPs" ->
          Optional.of(pod.status().path("hostIP").asString(""));
      default -> Optional.empty();
    };
  }

  private static Optional<String> subscript(String path, String map) {
    boolean matches = path.startsWith(map + "['") && path.endsWith("']");
    return matches
        ? Optional.of(path.substring(map.length() + 2, path.length() - 2))
        : Optional.empty();
  }

  private static String lines(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(each -> each.getKey() + "=\"" + escaped(each.getValue()) + "\"")
        .collect(Collectors.joining("\n"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
