package io.ordinal.controller.api.kind;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What addresses and ports of endpoints must be, and how tables show them. */
final class EndpointRules {
  private static final int MOST_SHOWN = 3;
  private static final String QUAD = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private EndpointRules() {}

  static boolean isIpv4(String text) {
    return text.matches(QUAD + "(\\." + QUAD + "){3}");
  }

  static boolean isIpv6(String text) {
    if (text.indexOf(':') < 0 || !text.matches("[0-9a-fA-F:.]{2,45}")) return false;
    try {
      InetAddress.getByName(text); // A literal: nobody is asked.
      return true;
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  static void checkAddress(Faults faults, String path, JsonNode value) {
    String text = value.asString("");
    if (isIpv4(text) || isIpv6(text)) return;
    faults.invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  static void checkName(Faults faults, String path, JsonNode value) {
    String name = value.asString("");
    if (!name.isEmpty()) faults.invalid(path, name, Syntax.dnsLabel(name));
  }

  /** What {@code kubectl get} shows of a list: the first of them, and how many more there are. */
  static String shown(List<String> all, String none) {
    List<String> first = new ArrayList<>(all.subList(0, Math.min(MOST_SHOWN, all.size())));
    String shown = String.join(",", first);
    if (all.size() > MOST_SHOWN) return shown + " + " + (all.size() - MOST_SHOWN) + " more...";
    return shown.isEmpty() ? none : shown;
  }
}
