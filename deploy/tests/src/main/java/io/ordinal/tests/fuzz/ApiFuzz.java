package io.ordinal.tests.fuzz;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.fuzz.HttpLine.Answer;
import io.ordinal.tests.fuzz.Samples.Sample;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the requests of a seed to a server that nobody else uses, one after another, and notes what
 * must not be: a fault of the server, a line that breaks, a refusal that is no Status, a refused or
 * dry write that changed the store, an accepted object that cannot be shown.
 */
public final class ApiFuzz implements AutoCloseable {
  private static final int MOST_FAULTS = 100;
  private static final int AGAIN = 4;
  private static final int LIST_EVERY = 200;
  private static final int CLEAN_EVERY = 2000;
  private static final String TABLE = "Accept: application/json;as=Table;v=v1;g=meta.k8s.io";

  private final HttpLine line;
  private final HttpLine own;
  private final RequestMaker maker;
  private final long seed;
  private final Map<Integer, Long> codes = new TreeMap<>();
  private final Map<String, String> faults = new LinkedHashMap<>();
  private final List<Sample> samples = Samples.all();
  private long sent;
  private long slowestNanos;
  private String slowest = "none";

  /**
   * @param tls as an administrator
   */
  public ApiFuzz(URI server, SSLContext tls, long seed) {
    this.line = new HttpLine(server, tls);
    this.own = new HttpLine(server, tls);
    this.maker = new RequestMaker(seed);
    this.seed = seed;
    post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + RequestMaker.NAMESPACE + "\"}}");
    furnish();
  }

  /** Sends so many more requests. */
  public void send(long requests) {
    long before = revision();
    for (long i = 0; i < requests && faults.size() < MOST_FAULTS; i++) {
      Request request = maker.next();
      sent++;
      Answer answer = answer(request);
      if (answer == null) {
        before = revision();
        continue;
      }
      codes.merge(answer.code(), 1L, Long::sum);
      judge(request, answer);
      if (request.writes()) before = judgeStore(request, answer, before);
      if (sent % LIST_EVERY == 0) showAll();
      if (sent % CLEAN_EVERY == 0) {
        clean();
        before = revision();
      }
    }
    showAll();
  }

  /** What must not be: a line for each sort, with the first request that led to it. */
  public List<String> faults() {
    return List.copyOf(faults.values());
  }

  /** For people. */
  public String summary() {
    return "seed %d: %d requests over %d connections, answered %s, the slowest in %.2f s: %s"
        .formatted(seed, sent, line.opened(), codes, slowestNanos / 1e9, slowest);
  }

  private Answer answer(Request request) {
    long began = System.nanoTime();
    try {
      Answer answer = line.send(request.bytes());
      if (System.nanoTime() - began > slowestNanos) {
        slowestNanos = System.nanoTime() - began;
        slowest = Request.cut(request.toString(), 120) + " -> " + answer.code();
      }
      return answer;
    } catch (IOException broken) {
      fault("line broken: " + broken.getMessage(), request, "");
      return null;
    }
  }

  private void judge(Request request, Answer answer) {
    boolean early = answer.code() == 504 && answer.text().contains("ResourceVersionTooLarge");
    if (answer.code() >= 500 && !early) {
      String text = answer.text().replaceAll("[0-9]+", "N");
      fault(answer.code() + " " + Request.cut(text, 160), request, answer.text());
    }
    if (answer.code() >= 400) judgeRefusal(request, answer);
  }

  private void judgeRefusal(Request request, Answer answer) {
    if (!answer.headers().getOrDefault("content-type", "").startsWith("application/json")) {
      // What is no HTTP by the letter never gets as far as to have a Status.
      boolean known = answer.code() == 404 || answer.text().startsWith("Illegal ");
      if (!known) fault("no Status but " + answer.text(), request, answer.text());
      return;
    }
    try {
      JsonNode status = Json.tree(answer.body());
      boolean whole =
          status.path("kind").asString("").equals("Status")
              && status.path("code").asInt(0) == answer.code()
              && !status.path("message").asString("").isEmpty()
              && !status.path("reason").asString("").isEmpty();
      if (!whole) fault("half a Status", request, answer.text());
    } catch (JacksonException broken) {
      fault("a refusal that is no JSON", request, answer.text());
    }
  }

  private long judgeStore(Request request, Answer answer, long before) {
    long after = revision();
    boolean none = answer.code() >= 400 || request.target().contains("dryRun=All");
    if (!none || after == before) return after;
    if (movesAgain(request)) {
      fault("changed by a refused write: " + answer.code(), request, answer.text());
    }
    return revision();
  }

  /** Controllers write too, and by chance at that moment; but not each time. */
  private boolean movesAgain(Request request) {
    for (int i = 0; i < AGAIN; i++) {
      long before = revision();
      if (answer(request) == null || revision() == before) return false;
    }
    return true;
  }

  private void showAll() {
    for (Sample sample : samples) {
      String path = sample.root() + "/" + sample.plural();
      Answer table = ask("GET", path, "", TABLE);
      Answer list = ask("GET", path, "");
      if (table.code() != 200 || list.code() != 200) {
        Answer bad = table.code() == 200 ? list : table;
        fault("cannot be shown: " + sample.plural(), null, bad.text());
        continue;
      }
      for (JsonNode each : Json.tree(list.body()).path("items")) {
        boolean placed = each.path("metadata").path("namespace").asString("").isEmpty();
        if (placed == sample.namespaced()) {
          fault("in the wrong place: " + sample.plural(), null, each.toString());
        }
      }
    }
  }

  /**
   * Something of each kind to change; a pod and a set of no pods too, which are only ever rehearsed
   * on.
   */
  private void furnish() {
    for (Sample sample : samples) {
      ObjectNode object = sample.tree();
      object.withObject("/metadata").put("name", "fuzz-kept");
      if (!sample.plural().equals("nodes")) {
        post(sample.collection(RequestMaker.NAMESPACE), object.toString());
      }
    }
  }

  private void clean() {
    for (Sample sample : samples) {
      if (sample.namespaced()) ask("DELETE", sample.collection(RequestMaker.NAMESPACE), "");
    }
    furnish();
  }

  private void post(String path, String body) {
    ask("POST", path, body);
  }

  private long revision() {
    JsonNode list = Json.tree(ask("GET", "/api/v1/namespaces?labelSelector=none", "").body());
    return Long.parseLong(list.path("metadata").path("resourceVersion").asString());
  }

  private Answer ask(String method, String target, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(headers));
    if (bytes.length > 0) all.add("Content-Type: application/json");
    try {
      return own.send(new Request(method, target, all, bytes, false).bytes());
    } catch (IOException broken) {
      throw new IllegalStateException(method + " " + target, broken);
    }
  }

  private void fault(String sort, Request request, String detail) {
    faults.putIfAbsent(
        sort,
        "%s\n  request %d of seed %d: %s\n  %s"
            .formatted(sort, sent, seed, request, Request.cut(detail, 1500)));
  }

  @Override
  public void close() {
    line.close();
    own.close();
  }
}
