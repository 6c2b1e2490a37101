package io.ordinal.controller.replica;

import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.agent.ProbeOrder.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Resolves the probes and hooks of a container; ports by name become numbers. Pure. */
final class ProbeOrders {
  private final JsonNode container;

  ProbeOrders(JsonNode container) {
    this.container = container;
  }

  Optional<ProbeOrder> probe(String field) {
    JsonNode probe = container.path(field);
    return check(probe)
        .map(
            check ->
                new ProbeOrder(
                    check,
                    seconds(probe, "initialDelaySeconds", 0),
                    seconds(probe, "periodSeconds", 10),
                    seconds(probe, "timeoutSeconds", 1),
                    Math.max(1, probe.path("successThreshold").asInt(1)),
                    Math.max(1, probe.path("failureThreshold").asInt(3))));
  }

  Optional<Check> hook(String field) {
    return check(container.path("lifecycle").path(field));
  }

  /** Nothing for kinds that a plain process is not asked by (grpc, sleep). */
  private Optional<Check> check(JsonNode asked) {
    if (asked.has("exec")) {
      List<String> command = new ArrayList<>();
      asked.path("exec").path("command").forEach(each -> command.add(each.asString("")));
      return Optional.of(new Check.Exec(command));
    }
    if (asked.has("httpGet")) {
      JsonNode get = asked.path("httpGet");
      Map<String, String> headers = new LinkedHashMap<>();
      for (JsonNode each : get.path("httpHeaders")) {
        headers.put(each.path("name").asString(""), each.path("value").asString(""));
      }
      return Optional.of(
          new Check.HttpGet(
              get.path("scheme").asString("HTTP"),
              get.path("host").asString(""),
              port(get.path("port")),
              get.path("path").asString("/"),
              headers));
    }
    if (asked.has("tcpSocket")) {
      JsonNode socket = asked.path("tcpSocket");
      return Optional.of(
          new Check.TcpSocket(socket.path("host").asString(""), port(socket.path("port"))));
    }
    return Optional.empty();
  }

  private int port(JsonNode port) {
    if (port.isNumber()) return port.asInt();
    String name = port.asString("");
    for (JsonNode each : container.path("ports")) {
      if (each.path("name").asString("").equals(name)) return each.path("containerPort").asInt();
    }
    if (name.matches("[0-9]{1,5}")) return Integer.parseInt(name);
    throw new OrderIncomplete(
        "container \""
            + container.path("name").asString("")
            + "\" has no port named \""
            + name
            + "\"");
  }

  private static Duration seconds(JsonNode probe, String field, int absent) {
    return Duration.ofSeconds(Math.max(0, probe.path(field).asInt(absent)));
  }
}
