package io.ordinal.controller.api.discovery;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.openapi.OpenApiDocuments;
import io.ordinal.controller.document.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import tools.jackson.databind.node.ObjectNode;

/** Answers the paths that name no object: the root, version, discovery, OpenAPI. */
public final class DiscoveryHandler {
  private static final List<String> CUSTOM =
      List.of("apis", "apiextensions.k8s.io", "v1", "customresourcedefinitions");

  private final KindRegistry kinds;
  private final OpenApi openApi;

  public DiscoveryHandler(KindRegistry kinds, OpenApiDocuments documents) {
    this.kinds = kinds;
    this.openApi = new OpenApi(documents);
  }

  /** Nothing when the path is none of these. */
  public Optional<HttpResponse> get(HttpRequest request, List<String> segments, Accept accept) {
    if (segments.isEmpty()) return json(RootPaths.of(kinds));
    String path = String.join("/", segments);
    return switch (segments.get(0)) {
      case "version" -> segments.size() == 1 ? json(Version.tree()) : Optional.empty();
      case "api" -> api(segments, accept);
      case "apis" -> apis(segments, accept);
      case "openapi" -> openApi(request, path, accept);
      default -> Optional.empty();
    };
  }

  private Optional<HttpResponse> api(List<String> segments, Accept accept) {
    if (segments.size() == 1) return Optional.of(root(accept, true));
    if (segments.size() > 2) return Optional.empty();
    return LegacyDiscovery.resources(kinds, "", segments.get(1)).flatMap(DiscoveryHandler::json);
  }

  private Optional<HttpResponse> apis(List<String> segments, Accept accept) {
    if (segments.equals(CUSTOM)) return json(noneCustom());
    return switch (segments.size()) {
      case 1 -> Optional.of(root(accept, false));
      case 2 -> LegacyDiscovery.group(kinds, segments.get(1)).flatMap(DiscoveryHandler::json);
      case 3 ->
          LegacyDiscovery.resources(kinds, segments.get(1), segments.get(2))
              .flatMap(DiscoveryHandler::json);
      default -> Optional.empty();
    };
  }

  /**
   * kubectl asks for it when a manifest names a kind that is not served, and says so clearly once
   * it knows that nobody added that kind.
   */
  private static ObjectNode noneCustom() {
    ObjectNode list = Json.object();
    list.put("kind", "CustomResourceDefinitionList").put("apiVersion", "apiextensions.k8s.io/v1");
    list.putObject("metadata").put("resourceVersion", "");
    list.putArray("items");
    return list;
  }

  private HttpResponse root(Accept accept, boolean core) {
    String version = accept.discovery();
    if (version.isEmpty()) {
      return Answer.json(200, core ? LegacyDiscovery.core() : LegacyDiscovery.groups(kinds));
    }
    ObjectNode groups = AggregatedDiscovery.groups(kinds, core, version);
    return Answer.json(200, groups)
        .withEntity(HttpEntities.create(aggregated(version), Json.bytes(groups)));
  }

  private Optional<HttpResponse> openApi(HttpRequest request, String path, Accept accept) {
    if (path.equals("openapi/v3")) return Optional.of(openApi.index());
    if (path.equals("openapi/v2")) return Optional.of(openApi.v2(accept, request));
    if (!path.startsWith("openapi/v3/")) return Optional.empty();
    return openApi.page(path.substring("openapi/v3/".length()), request);
  }

  /** Clients take an aggregated body for a legacy one unless the type says what it is. */
  private static ContentType aggregated(String version) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("g", "apidiscovery.k8s.io");
    parameters.put("v", version);
    parameters.put("as", "APIGroupDiscoveryList");
    return MediaTypes.customBinary("application", "json", true, parameters, true).toContentType();
  }

  private static Optional<HttpResponse> json(ObjectNode tree) {
    return Optional.of(Answer.json(200, tree));
  }
}
