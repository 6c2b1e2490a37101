package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The revisions of one StatefulSet, and its way from one to another. */
public final class Rollouts {
  private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";
  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final int WATCH_SECONDS = 60;

  private final ApiClient api;
  private final Target set;
  private final String namespace;

  /**
   * @throws IOException when that is no StatefulSet
   */
  public Rollouts(ApiClient api, Target set, String namespace) throws IOException {
    if (!set.type().kind().equals("StatefulSet") || set.name().isEmpty()) {
      throw new IOException("expected a set such as statefulset/web, found " + set.shown());
    }
    this.api = api;
    this.set = set;
    this.namespace = namespace;
  }

  /**
   * Tells each state until the update is complete.
   *
   * @param once whether to tell only how it is now
   * @param timeout zero for ever
   * @throws IOException when it is not complete by then
   */
  public void follow(boolean once, Duration timeout, Consumer<String> told)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String before = "";
    while (true) {
      JsonNode found = read();
      RolloutState state = RolloutState.of(found);
      if (!state.message().equals(before)) told.accept(state.message());
      before = state.message();
      if (once || state.complete()) return;
      long left = WATCH_SECONDS;
      if (!timeout.isZero()) {
        left = Math.min(left, timeout.minusNanos(System.nanoTime() - begin).toSeconds());
      }
      if (left <= 0) throw new IOException("timed out waiting for " + set.shown());
      Watching.each(
          api, watch(found, left), "application/json", event -> false); // The next change.
    }
  }

  private String watch(JsonNode found, long seconds) {
    String name = "metadata.name=" + set.name().orElseThrow();
    return set.type().collection(namespace)
        + "?watch=1&timeoutSeconds="
        + seconds
        + "&fieldSelector="
        + URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "&resourceVersion="
        + found.path("metadata").path("resourceVersion").asString("");
  }

  /** Number and cause of each revision, the oldest first. */
  public List<List<String>> history() throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode each : revisions()) {
      String cause =
          each.path("metadata").path("annotations").path(CHANGE_CAUSE).asString("<none>");
      rows.add(List.of(Long.toString(number(each)), cause));
    }
    return rows;
  }

  /**
   * The template of a revision.
   *
   * @throws IOException when there is no such revision
   */
  public JsonNode template(long revision) throws IOException, InterruptedException {
    for (JsonNode each : revisions()) {
      if (number(each) != revision) continue;
      ObjectNode template = (ObjectNode) each.path("data").path("spec").path("template").deepCopy();
      template.remove("$patch");
      return template;
    }
    throw new IOException("unable to find the specified revision");
  }

  /** As kubectl prints it, such as {@code statefulset.apps/web}. */
  public String shown() {
    return set.shown();
  }

  /**
   * What sets have not, as kubectl says it.
   *
   * @param what such as pausing
   */
  public IOException unsupported(String what) throws IOException, InterruptedException {
    read();
    String type = set.type().plural() + "." + set.type().group();
    return new IOException(
        type + " \"" + set.name().orElseThrow() + "\" " + what + " is not supported");
  }

  /**
   * Takes an earlier template up again.
   *
   * @param revision its number; 0 for the one before the newest
   * @return what was done, for people
   * @throws IOException when there is no such revision
   */
  public String undo(long revision) throws IOException, InterruptedException {
    List<JsonNode> all = revisions();
    JsonNode wanted =
        revision == 0 && all.size() > 1
            ? all.get(all.size() - 2)
            : all.stream()
                .filter(each -> number(each) == revision)
                .findFirst()
                .orElseThrow(() -> unknown(revision));
    if (number(wanted) == number(all.get(all.size() - 1))) {
      return set.shown()
          + " skipped rollback (current template already matches revision "
          + revision
          + ")";
    }
    api.patch(set.path(namespace), STRATEGIC, wanted.path("data"));
    return set.shown() + " rolled back";
  }

  private IOException unknown(long revision) {
    return new IOException(
        revision == 0
            ? "no last revision to roll back to"
            : "unable to find specified revision " + revision + " in history");
  }

  /** Has every pod replaced, in the set's order. */
  public String restart() throws IOException, InterruptedException {
    ObjectNode patch = Json.object();
    patch
        .putObject("spec")
        .putObject("template")
        .putObject("metadata")
        .putObject("annotations")
        .put(RESTARTED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    api.patch(set.path(namespace), STRATEGIC, patch);
    return set.shown() + " restarted";
  }

  private List<JsonNode> revisions() throws IOException, InterruptedException {
    String uid = read().path("metadata").path("uid").asString("");
    List<JsonNode> found = new ArrayList<>();
    String path = "/apis/apps/v1/namespaces/" + namespace + "/controllerrevisions";
    for (JsonNode each : api.get(path, "application/json").path("items")) {
      for (JsonNode owner : each.path("metadata").path("ownerReferences")) {
        if (owner.path("uid").asString("").equals(uid)) found.add(each);
      }
    }
    found.sort(Comparator.comparingLong(Rollouts::number));
    return found;
  }

  private static long number(JsonNode revision) {
    return revision.path("revision").asLong(0);
  }

  private JsonNode read() throws IOException, InterruptedException {
    return api.get(set.path(namespace), "application/json");
  }
}
