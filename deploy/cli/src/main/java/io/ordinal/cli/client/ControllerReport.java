package io.ordinal.cli.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the controllers say of themselves, each asked at its own API. */
public final class ControllerReport {
  private static final String ROW = "%-20s %-28s %-8s %-8s %s";
  private final List<Row> rows;

  private ControllerReport(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * @param own empty when it does not answer
   */
  private record Row(JsonNode told, Optional<ObjectNode> own) {
    boolean noted() {
      return own.map(each -> each.path("noted").asBoolean(true)).orElse(true);
    }

    boolean votes() {
      return told.path("copy").asBoolean(true);
    }

    String warning() {
      return told.path("name").asString()
          + " is not in the cluster's records yet: its log says why";
    }

    String line() {
      String age = own.map(each -> each.path("ageSeconds").asDouble() + "s").orElse("-");
      String revision = own.map(each -> each.path("revision").asString()).orElse("-");
      String leader = told.path("leader").asBoolean(false) ? "yes" : "";
      return ROW.formatted(
              told.path("name").asString(),
              told.path("api").asString(),
              leader,
              own.isPresent() ? age : "silent",
              revision)
          .stripTrailing();
    }
  }

  /**
   * @param any a controller, which tells who the others are
   * @param at makes a client for another one
   */
  public static ControllerReport of(ApiClient any, Function<URI, ApiClient> at)
      throws IOException, InterruptedException {
    JsonNode told = any.get("/ordinal/v1/controllers").orElseThrow().path("controllers");
    List<CompletableFuture<Row>> asked = new ArrayList<>();
    for (JsonNode each : told) {
      URI api = URI.create(each.path("api").asString());
      asked.add(CompletableFuture.supplyAsync(() -> new Row(each, status(at.apply(api)))));
    }
    return new ControllerReport(asked.stream().map(CompletableFuture::join).toList());
  }

  private static Optional<ObjectNode> status(ApiClient api) {
    try {
      return api.get("/ordinal/v1/status");
    } catch (IOException silent) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A table, and what there is to say beside it. */
  public List<String> lines() {
    return lines("NAME");
  }

  /**
   * @param title of the first column
   */
  public List<String> lines(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted(title, "API", "LEADER", "AGE", "REVISION"));
    rows.stream().map(Row::line).forEach(lines::add);
    rows.stream().filter(each -> !each.noted()).map(Row::warning).forEach(lines::add);
    return lines;
  }

  /** Of those with a vote: after a restore the controllers of before have none any more. */
  public boolean majorityAnswers() {
    List<Row> voting = rows.stream().filter(Row::votes).toList();
    return voting.stream().filter(each -> each.own().isPresent()).count() * 2 > voting.size();
  }
}
