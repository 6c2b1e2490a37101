package io.ordinal.cli.describe;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A probe in a line. */
final class ProbeText {
  private ProbeText() {}

  static String of(JsonNode probe) {
    return what(probe)
        + " delay=%ds timeout=%ds period=%ds #success=%d #failure=%d"
            .formatted(
                probe.path("initialDelaySeconds").asInt(0),
                probe.path("timeoutSeconds").asInt(0),
                probe.path("periodSeconds").asInt(0),
                probe.path("successThreshold").asInt(0),
                probe.path("failureThreshold").asInt(0));
  }

  private static String what(JsonNode probe) {
    JsonNode http = probe.path("httpGet");
    if (http.isObject()) {
      String path = Texts.of(http.path("path"));
      return "http-get "
          + Texts.of(http.path("scheme")).toLowerCase(Locale.ROOT)
          + "://"
          + place(http)
          + (path.startsWith("/") || path.isEmpty() ? "" : "/")
          + path;
    }
    if (probe.path("exec").isObject()) {
      return "exec " + Texts.bracketed(probe.path("exec").path("command"));
    }
    if (probe.path("tcpSocket").isObject()) return "tcp-socket " + place(probe.path("tcpSocket"));
    JsonNode grpc = probe.path("grpc");
    if (!grpc.isObject()) return "unknown";
    return "grpc <pod>:" + grpc.path("port").asInt(0) + " " + Texts.of(grpc.path("service"));
  }

  private static String place(JsonNode action) {
    return Texts.of(action.path("host")) + ":" + Texts.of(action.path("port"));
  }
}
