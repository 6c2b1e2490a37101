package io.ordinal.controller.api.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a client is willing to read, in its order of preference. */
public record Accept(List<Range> ranges) {
  /** One media range with its parameters, both in lower case but for the parameters' values. */
  public record Range(String type, Map<String, String> parameters) {
    String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }

    /** How much it is wanted, from 0 for not at all to 1. */
    double weight() {
      try {
        return Double.parseDouble(parameter("q").isEmpty() ? "1" : parameter("q"));
      } catch (NumberFormatException notANumber) {
        return 1;
      }
    }

    boolean isYaml() {
      return type.equals("application/yaml") && parameter("as").isEmpty();
    }

    /** Whether JSON is in it. */
    public boolean isJson() {
      return type.equals("application/json") || type.equals("application/*") || type.equals("*/*");
    }
  }

  /** How objects are answered. */
  public enum Form {
    OBJECT,
    TABLE,
    PARTIAL
  }

  private static final Set<String> META_VERSIONS = Set.of("v1", "v1beta1");
  private static final String META_GROUP = "meta.k8s.io";

  /** An empty header accepts everything. */
  public static Accept parse(String header) {
    List<Range> found = new ArrayList<>();
    for (String piece : header.split(",")) {
      String[] parts = piece.split(";", -1);
      String type = parts[0].strip().toLowerCase(Locale.ROOT);
      if (type.isEmpty()) continue;
      Map<String, String> parameters = new HashMap<>();
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals < 0) continue;
        String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
        parameters.put(name, parts[i].substring(equals + 1).strip().replace("\"", ""));
      }
      found.add(new Range(type, Map.copyOf(parameters)));
    }
    found.removeIf(each -> each.weight() <= 0);
    found.sort(Comparator.comparingDouble(each -> -each.weight())); // Stable: order counts too.
    if (found.isEmpty()) found.add(new Range("*/*", Map.of()));
    return new Accept(List.copyOf(found));
  }

  /**
   * The first form that can be served.
   *
   * @throws StatusException 406 when none can
   */
  public Form form() {
    for (Range range : ranges) {
      if (range.isYaml()) return Form.OBJECT;
      if (!range.isJson()) continue;
      switch (range.parameter("as")) {
        case "" -> {
          return Form.OBJECT;
        }
        case "Table" -> {
          if (isMeta(range)) return Form.TABLE;
        }
        case "PartialObjectMetadata", "PartialObjectMetadataList" -> {
          if (isMeta(range)) return Form.PARTIAL;
        }
        default -> {} // Not one we know; the next range may be.
      }
    }
    throw notAcceptable();
  }

  /** Whether objects are to be printed as YAML. */
  public boolean isYaml() {
    for (Range range : ranges) {
      if (range.isYaml()) return true;
      if (range.isJson() && !range.parameter("as").equals("Table")) return false;
      if (range.isJson() && isMeta(range)) return false;
    }
    return false;
  }

  /** Version of aggregated discovery to answer with: v2, v2beta1, or empty for the legacy form. */
  public String discovery() {
    for (Range range : ranges) {
      if (!range.isJson()) continue;
      if (range.parameter("as").isEmpty()) return "";
      boolean known =
          range.parameter("g").equals("apidiscovery.k8s.io")
              && range.parameter("as").equals("APIGroupDiscoveryList");
      String version = range.parameter("v");
      if (known && (version.equals("v2") || version.equals("v2beta1"))) return version;
    }
    throw notAcceptable();
  }

  private static boolean isMeta(Range range) {
    return range.parameter("g").equals(META_GROUP) && META_VERSIONS.contains(range.parameter("v"));
  }

  /** The refusal of what nobody here can print. */
  public static StatusException notAcceptable() {
    return Refusal.notAcceptable(
        "only the following media types are accepted: application/json, application/yaml, "
            + "application/json;as=Table;v=v1;g=meta.k8s.io, "
            + "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
  }
}
