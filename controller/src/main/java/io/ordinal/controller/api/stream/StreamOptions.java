package io.ordinal.controller.api.stream;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks of a process.
 *
 * @param container empty when none was named
 * @param command empty for attach
 */
record StreamOptions(String container, List<String> command, Wanted wanted) {
  private static final int MOST_PORTS = 64;

  static StreamOptions exec(Query query) {
    StreamOptions options = attach(query);
    List<String> command = query.all("command");
    if (command.isEmpty()) throw Refusal.badRequest("you must specify at least one command");
    return new StreamOptions(options.container(), command, options.wanted());
  }

  /** Of a portforward whose request names them. */
  static List<Integer> ports(Query query) {
    List<Integer> ports = new ArrayList<>();
    for (String each : query.all("ports")) {
      for (String text : each.split(",")) ports.add(port(text));
    }
    if (ports.isEmpty()) throw Refusal.badRequest("query parameter \"ports\" is required");
    if (ports.size() > MOST_PORTS) throw Refusal.badRequest("at most " + MOST_PORTS + " ports");
    return ports;
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 0xffff) return port;
    }
    throw Refusal.badRequest("unable to parse \"" + text + "\" as a port");
  }

  static StreamOptions attach(Query query) {
    boolean tty = query.flag("tty");
    Wanted wanted =
        new Wanted(
            query.flag("stdin"),
            query.flag("stdout"),
            query.flag("stderr") && !tty, // A terminal has one stream for both.
            tty);
    if (!wanted.stdin() && !wanted.stdout() && !wanted.stderr()) {
      throw Refusal.badRequest("you must specify at least 1 of stdin, stdout, stderr");
    }
    return new StreamOptions(query.get("container").orElse(""), List.of(), wanted);
  }
}
