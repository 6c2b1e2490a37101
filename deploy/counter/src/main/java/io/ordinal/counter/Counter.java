package io.ordinal.counter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Counts requests on its volume and tells who it is. Every request to {@code /} adds one and
 * answers once the new count is on disk; {@code /count} only reads, {@code /healthz} answers ok.
 */
public final class Counter {
  private final Map<String, String> env;
  private final CountFile count;

  private Counter(Map<String, String> env) throws IOException {
    this.env = env;
    this.count = new CountFile(Path.of(env.getOrDefault("ORDINAL_VOLUME_DATA", ".")));
  }

  /** Serves until SIGTERM, on {@code ORDINAL_ADDRESS} and the port given by {@code PORT} (8080). */
  public static void main(String[] args) throws IOException {
    Map<String, String> env = System.getenv();
    Counter counter = new Counter(env);
    String host = env.getOrDefault("ORDINAL_ADDRESS", "127.0.0.1");
    int port = Integer.parseInt(env.getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext(
        "/", exchange -> answer(exchange, 200, counter.tell(counter.count.increment())));
    server.createContext(
        "/count", exchange -> answer(exchange, 200, counter.tell(counter.count.value())));
    server.createContext("/healthz", exchange -> answer(exchange, 200, "ok\n"));
    server.start();
    System.out.println(
        counter.env.getOrDefault("ORDINAL_NAME", "counter")
            + " serves http://"
            + host
            + ":"
            + port
            + "/ from count "
            + counter.count.value());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> System.out.println("stopped at " + counter.count.value())));
  }

  private String tell(long value) {
    return "name=%s ordinal=%s incarnation=%s volume=%s count=%d%n"
        .formatted(
            env.getOrDefault("ORDINAL_NAME", "?"),
            env.getOrDefault("ORDINAL_ORDINAL", "?"),
            env.getOrDefault("ORDINAL_INCARNATION", "?"),
            count.directory(),
            value);
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(code, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
