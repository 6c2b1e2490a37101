package io.ordinal.cli.drill;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.document.drill.DrillStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Drill objects, as a client of the API sees them. */
public final class DrillClient {
  private static final String DRILLS = "/apis/" + Drill.API_VERSION + "/" + Drill.PLURAL;

  private final ApiClient api;

  public DrillClient(ApiClient api) {
    this.api = api;
  }

  /** A drill as it stands. */
  public record Seen(String name, ObjectNode object, DrillSpec spec, DrillStatus status) {
    static Seen of(ObjectNode object) {
      return new Seen(
          object.path("metadata").path("name").asString(""),
          object,
          Json.mapper().treeToValue(object.path("spec"), DrillSpec.class),
          object.path("status").isObject()
              ? Json.mapper().treeToValue(object.path("status"), DrillStatus.class)
              : DrillStatus.NEW);
    }
  }

  /**
   * @param name of the object, or the beginning of one when it ends with a dash
   */
  public Seen create(String name, DrillSpec spec) throws IOException, InterruptedException {
    ObjectNode drill = Json.object().put("apiVersion", Drill.API_VERSION).put("kind", Drill.KIND);
    drill.putObject("metadata").put(name.endsWith("-") ? "generateName" : "name", name);
    drill.set("spec", Json.mapper().<JsonNode>valueToTree(spec));
    return Seen.of(api.post(DRILLS + "?fieldManager=ordinal&fieldValidation=Strict", drill));
  }

  public Optional<Seen> get(String name) throws IOException, InterruptedException {
    return api.get(DRILLS + "/" + name).map(Seen::of);
  }

  public List<Seen> list() throws IOException, InterruptedException {
    List<Seen> all = new ArrayList<>();
    for (JsonNode each : api.get(DRILLS).orElseThrow().path("items")) {
      all.add(Seen.of((ObjectNode) each));
    }
    return all;
  }

  /** Its fault is taken back at once; the verdict is Aborted. */
  public void abort(String name) throws IOException, InterruptedException {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("abort", true);
    api.mergePatch(DRILLS + "/" + name, patch);
  }

  public void delete(String name) throws IOException, InterruptedException {
    api.delete(DRILLS + "/" + name);
  }
}
