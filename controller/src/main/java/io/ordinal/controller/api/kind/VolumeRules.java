package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the volumes of a pod must be. */
final class VolumeRules {
  private static final List<String> SUPPORTED =
      List.of(
          "configMap",
          "downwardAPI",
          "emptyDir",
          "hostPath",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private static final String[] HOST_PATHS = {
    "",
    "BlockDevice",
    "CharDevice",
    "Directory",
    "DirectoryOrCreate",
    "File",
    "FileOrCreate",
    "Socket"
  };
  private static final int LEAST_TOKEN_SECONDS = 600;

  private VolumeRules() {}

  /** Answers the names of the volumes that are there. */
  static Set<String> check(Faults faults, String path, JsonNode list) {
    Set<String> names = new HashSet<>();
    List<ObjectNode> volumes = Tree.maps(list);
    for (int i = 0; i < volumes.size(); i++) {
      String at = path + "[" + i + "]";
      ObjectNode volume = volumes.get(i);
      if (faults.present(at + ".name", volume.path("name"))) {
        String name = Tree.text(volume, "name");
        faults.invalid(at + ".name", name, Syntax.dnsLabel(name));
        if (!names.add(name)) faults.duplicate(at + ".name", volume.path("name"));
      }
      checkSource(faults, at, volume);
    }
    return names;
  }

  /** A path that must not leave the volume. Empty is well. */
  static void checkInside(Faults faults, String path, String relative) {
    if (relative.startsWith("/")) faults.invalid(path, relative, "must be a relative path");
    if (List.of(relative.split("/")).contains("..")) {
      faults.invalid(path, relative, "must not contain '..'");
    }
  }

  private static void checkSource(Faults faults, String at, ObjectNode volume) {
    int found = 0;
    for (String source : volume.propertyNames()) {
      if (source.equals("name")) continue;
      String here = at + "." + source;
      if (++found > 1) {
        faults.forbidden(here, "may not specify more than one volume type");
      } else if (SUPPORTED.contains(source)) {
        checkSupported(faults, here, source, volume.path(source));
      } else {
        faults.forbidden(
            here,
            "volumes of this type are not supported by Ordinal; supported types: "
                + String.join(", ", SUPPORTED));
      }
    }
    if (found == 0) faults.required(at, "must specify a volume type");
  }

  private static void checkSupported(Faults faults, String at, String type, JsonNode source) {
    switch (type) {
      case "configMap" -> {
        faults.present(at + ".name", source.path("name"));
        checkItems(faults, at, source);
      }
      case "secret" -> {
        faults.present(at + ".secretName", source.path("secretName"));
        checkItems(faults, at, source);
      }
      case "persistentVolumeClaim" -> faults.present(at + ".claimName", source.path("claimName"));
      case "hostPath" -> {
        if (faults.present(at + ".path", source.path("path"))) {
          String path = Tree.text(source, "path");
          if (List.of(path.split("/")).contains("..")) {
            faults.invalid(at + ".path", path, "must not contain '..'");
          }
        }
        faults.oneOf(at + ".type", source.path("type"), HOST_PATHS);
      }
      case "emptyDir" -> {
        BigDecimal size = Quantities.parse(source.path("sizeLimit")).orElse(BigDecimal.ZERO);
        if (size.signum() < 0) {
          faults.forbidden(at + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
        }
      }
      case "downwardAPI" -> checkDownward(faults, at, source);
      case "projected" -> checkProjected(faults, at, source);
      default -> {} // There is no other.
    }
  }

  private static void checkProjected(Faults faults, String at, JsonNode projected) {
    List<ObjectNode> sources = Tree.maps(projected.path("sources"));
    for (int i = 0; i < sources.size(); i++) {
      String here = at + ".sources[" + i + "]";
      for (String type : List.of("configMap", "secret")) {
        JsonNode source = sources.get(i).path(type);
        if (!source.isObject()) continue;
        faults.present(here + "." + type + ".name", source.path("name"));
        checkItems(faults, here + "." + type, source);
      }
      JsonNode downward = sources.get(i).path("downwardAPI");
      if (downward.isObject()) checkDownward(faults, here + ".downwardAPI", downward);
      JsonNode token = sources.get(i).path("serviceAccountToken");
      if (token.isObject()) checkToken(faults, here + ".serviceAccountToken", token);
      if (sources.get(i).size() > 1) {
        faults.forbidden(here, "may not specify more than 1 volume type per source");
      }
    }
  }

  private static void checkToken(Faults faults, String at, JsonNode token) {
    JsonNode seconds = token.path("expirationSeconds");
    if (seconds.isNumber() && seconds.asLong(0) < LEAST_TOKEN_SECONDS) {
      faults.invalid(
          at + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
    }
    if (faults.present(at + ".path", token.path("path"))) {
      checkInside(faults, at + ".path", Tree.text(token, "path"));
    }
  }

  private static void checkItems(Faults faults, String at, JsonNode source) {
    checkMode(faults, at + ".defaultMode", source.path("defaultMode"));
    List<ObjectNode> items = Tree.maps(source.path("items"));
    for (int i = 0; i < items.size(); i++) {
      String here = at + ".items[" + i + "]";
      faults.present(here + ".key", items.get(i).path("key"));
      checkFile(faults, here, items.get(i));
    }
  }

  private static void checkDownward(Faults faults, String at, JsonNode source) {
    checkMode(faults, at + ".defaultMode", source.path("defaultMode"));
    List<ObjectNode> items = Tree.maps(source.path("items"));
    for (int i = 0; i < items.size(); i++) {
      String here = at + ".items[" + i + "]";
      checkFile(faults, here, items.get(i));
      if (!items.get(i).has("fieldRef") && !items.get(i).has("resourceFieldRef")) {
        faults.required(here, "one of fieldRef and resourceFieldRef is required");
      }
    }
  }

  private static void checkFile(Faults faults, String at, ObjectNode item) {
    if (faults.present(at + ".path", item.path("path"))) {
      checkInside(faults, at + ".path", Tree.text(item, "path"));
    }
    checkMode(faults, at + ".mode", item.path("mode"));
  }

  private static void checkMode(Faults faults, String at, JsonNode mode) {
    if (mode.isNumber() && (mode.asInt(0) < 0 || mode.asInt(0) > 511)) {
      faults.invalid(at, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }
}
