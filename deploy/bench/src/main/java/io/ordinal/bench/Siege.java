package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/** Something that is too much for an API server, for a while. */
interface Siege {
  /** Ends with nothing of it left but what the server holds on to. */
  void lay(Town town) throws Exception;

  /**
   * Who is besieged.
   *
   * @param tls as the administrator
   */
  record Town(OneMember member, URI server, SSLContext tls, ObjectNode figures) {
    HttpLine line() throws Exception {
      return new HttpLine(server, tls);
    }

    void say(String name, double value, String meaning) {
      double rounded = Math.round(value * 100) / 100.0;
      figures.put(name, rounded);
      System.out.printf(Locale.ROOT, "  %-28s %10.2f  %s%n", name, rounded, meaning);
    }
  }

  static byte[] configMap(String name, int bytes) {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap").putObject("metadata").put("name", name);
    map.putObject("data").put("v", "x".repeat(bytes));
    return Json.bytes(map);
  }
}
