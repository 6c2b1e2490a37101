package io.ordinal.cli.describe;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The volumes of a pod or of a template, with what they come from. */
final class VolumesSection {
  private static final int BELOW = 2;

  private VolumesSection() {}

  /**
   * @param indent one more in templates
   */
  static void write(Sheet sheet, JsonNode volumes, String indent) {
    if (volumes.isEmpty()) {
      sheet.line(0, indent + "Volumes:", "<none>");
      return;
    }
    sheet.line(0, indent + "Volumes:");
    for (JsonNode each : volumes) {
      sheet.line(1, (indent.isEmpty() ? "" : " ") + Texts.of(each.path("name")) + ":");
      source(each).forEach(row -> sheet.line(BELOW, row.toArray(String[]::new)));
    }
  }

  /** Rows of cells. */
  static List<List<String>> source(JsonNode volume) {
    JsonNode claim = volume.path("persistentVolumeClaim");
    if (claim.isObject()) {
      return List.of(
          type(
              "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)"),
          List.of("ClaimName:", Texts.of(claim.path("claimName"))),
          List.of("ReadOnly:", Texts.yes(claim.path("readOnly"))));
    }
    JsonNode map = volume.path("configMap");
    if (map.isObject()) {
      return List.of(
          type("ConfigMap (a volume populated by a ConfigMap)"),
          List.of("Name:", Texts.of(map.path("name"))),
          List.of("Optional:", Texts.yes(map.path("optional"))));
    }
    JsonNode secret = volume.path("secret");
    if (secret.isObject()) {
      return List.of(
          type("Secret (a volume populated by a Secret)"),
          List.of("SecretName:", Texts.of(secret.path("secretName"))),
          List.of("Optional:", Texts.yes(secret.path("optional"))));
    }
    JsonNode empty = volume.path("emptyDir");
    if (empty.isObject()) {
      String limit = Texts.of(empty.path("sizeLimit"));
      return List.of(
          type("EmptyDir (a temporary directory that shares a pod's lifetime)"),
          List.of("Medium:", Texts.of(empty.path("medium"))),
          List.of("SizeLimit:", limit.isEmpty() ? "<unset>" : limit));
    }
    return onNode(volume);
  }

  /** Of what is there already, on the node or in the API. */
  private static List<List<String>> onNode(JsonNode volume) {
    JsonNode host = volume.path("hostPath");
    if (host.isObject()) {
      return List.of(
          type("HostPath (bare host directory volume)"),
          List.of("Path:", Texts.of(host.path("path"))),
          List.of("HostPathType:", Texts.of(host.path("type"))));
    }
    if (volume.path("local").isObject()) {
      return List.of(
          type("LocalVolume (a persistent volume backed by local storage on a node)"),
          List.of("Path:", Texts.of(volume.path("local").path("path"))));
    }
    JsonNode downward = volume.path("downwardAPI");
    if (downward.isObject()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(type("DownwardAPI (a volume populated by information about the pod)"));
      rows.add(List.of("Items:"));
      for (JsonNode each : downward.path("items")) {
        String field = Texts.of(each.path("fieldRef").path("fieldPath"));
        if (!field.isEmpty())
          rows.add(List.of("  " + field + " -> " + Texts.of(each.path("path"))));
      }
      return rows;
    }
    JsonNode projected = volume.path("projected");
    return projected.isObject() ? projected(projected) : List.of(List.of("<unknown>"));
  }

  private static List<List<String>> projected(JsonNode volume) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(type("Projected (a volume that contains injected data from multiple sources)"));
    for (JsonNode each : volume.path("sources")) {
      JsonNode secret = each.path("secret");
      JsonNode map = each.path("configMap");
      JsonNode token = each.path("serviceAccountToken");
      if (secret.isObject()) {
        rows.add(List.of("SecretName:", Texts.of(secret.path("name"))));
        rows.add(List.of("Optional:", Texts.yes(secret.path("optional"))));
      } else if (each.path("downwardAPI").isObject()) {
        rows.add(List.of("DownwardAPI:", "true"));
      } else if (map.isObject()) {
        rows.add(List.of("ConfigMapName:", Texts.of(map.path("name"))));
        rows.add(List.of("Optional:", Texts.yes(map.path("optional"))));
      } else if (token.isObject()) {
        rows.add(List.of("TokenExpirationSeconds:", Texts.of(token.path("expirationSeconds"))));
      }
    }
    return rows;
  }

  private static List<String> type(String words) {
    return List.of("Type:", words);
  }
}
