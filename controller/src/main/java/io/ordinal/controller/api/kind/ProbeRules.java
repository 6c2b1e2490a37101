package io.ordinal.controller.api.kind;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What probes and lifecycle handlers must be. */
final class ProbeRules {
  private ProbeRules() {}

  static void checkProbe(Faults faults, String path, JsonNode probe) {
    if (!probe.isObject()) return;
    checkHandler(faults, path, probe);
    for (String number :
        List.of(
            "initialDelaySeconds",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold")) {
      faults.notNegative(path + "." + number, probe.path(number));
    }
    JsonNode grace = probe.path("terminationGracePeriodSeconds");
    if (grace.isNumber() && grace.asLong(0) <= 0) {
      faults.invalid(path + ".terminationGracePeriodSeconds", grace, "must be greater than 0");
    }
  }

  static void checkHandler(Faults faults, String path, JsonNode handler) {
    int found = 0;
    for (String unsupported : List.of("grpc", "sleep")) {
      if (!handler.has(unsupported)) continue;
      found++;
      faults.forbidden(
          path + "." + unsupported, "not supported by Ordinal; use exec, httpGet or tcpSocket");
    }
    for (String supported : List.of("exec", "httpGet", "tcpSocket")) {
      if (!handler.has(supported)) continue;
      if (++found > 1) {
        faults.forbidden(path + "." + supported, "may not specify more than 1 handler type");
        continue;
      }
      String at = path + "." + supported;
      switch (supported) {
        case "exec" -> faults.present(at + ".command", handler.path("exec").path("command"));
        case "httpGet" -> checkHttpGet(faults, at, handler.path("httpGet"));
        default ->
            Ports.checkNumberOrName(faults, at + ".port", handler.path("tcpSocket").path("port"));
      }
    }
    if (found == 0) faults.required(path, "must specify a handler type");
  }

  private static void checkHttpGet(Faults faults, String at, JsonNode get) {
    faults.present(at + ".path", get.path("path"));
    Ports.checkNumberOrName(faults, at + ".port", get.path("port"));
    faults.oneOf(at + ".scheme", get.path("scheme"), "HTTP", "HTTPS");
    List<ObjectNode> headers = Tree.maps(get.path("httpHeaders"));
    for (int i = 0; i < headers.size(); i++) {
      String name = Tree.text(headers.get(i), "name");
      if (!name.matches("[-A-Za-z0-9]+")) {
        faults.invalid(
            at + ".httpHeaders[" + i + "].name",
            name,
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')");
      }
    }
  }
}
