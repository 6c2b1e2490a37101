package io.ordinal.tests.hosts;

import io.ordinal.controller.document.Json;
import io.ordinal.member.pki.Identity;
import io.ordinal.member.pki.Pem;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/** A client of one controller's API, as whoever its credentials say. Blocking. */
public final class Api {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private final URI server;
  private final Duration patience;
  private final Optional<String> token;
  private final HttpClient http;

  /** What was answered; 0 when nothing was. */
  public record Answer(int code, JsonNode body) {
    public boolean done() {
      return code >= 200 && code < 300;
    }

    /** The body, when it was done. */
    public JsonNode ok() {
      if (!done()) throw new AssertionError("answered " + code + ": " + body);
      return body;
    }
  }

  /**
   * @param token that is shown with every request
   * @param patience with one answer
   */
  Api(URI server, SSLContext tls, Optional<String> token, Duration patience) {
    this.server = server;
    this.token = token;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** Whom a kubeconfig trusts, for those who do not say by it who they are. */
  static SSLContext trust(Path kubeconfig) {
    try {
      String text = Files.readString(kubeconfig);
      return Tls.trusting(Pem.certificate(data(text, "certificate-authority-data")));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot use " + kubeconfig, e);
    }
  }

  /** Who a kubeconfig says that we are, and whom it trusts. */
  public static SSLContext credentials(Path kubeconfig) {
    try {
      String text = Files.readString(kubeconfig);
      Identity self =
          new Identity(
              Pem.key(data(text, "client-key-data")),
              Pem.certificate(data(text, "client-certificate-data")));
      return Tls.context(self, Pem.certificate(data(text, "certificate-authority-data")));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot use " + kubeconfig, e);
    }
  }

  private static String data(String text, String key) {
    Matcher matcher = Pattern.compile(key + ": (\\S+)").matcher(text);
    if (!matcher.find()) throw new IllegalStateException("no " + key);
    return new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.US_ASCII);
  }

  public URI server() {
    return server;
  }

  public Answer get(String path) {
    return send("GET", path, null, "");
  }

  public Answer post(String path, String body) {
    return send("POST", path, "application/json", body);
  }

  /** A merge patch. */
  public Answer patch(String path, String body) {
    return send("PATCH", path, "application/merge-patch+json", body);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, "");
  }

  /**
   * The lines of a watch, for as long as it lasts.
   *
   * @throws IOException when it does not begin
   */
  public Stream<String> lines(String path) throws IOException {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
      token.ifPresent(each -> request.header("Authorization", "Bearer " + each));
      HttpResponse<Stream<String>> answer = http.send(request.build(), BodyHandlers.ofLines());
      if (answer.statusCode() == 200) return answer.body();
      answer.body().close();
      throw new IOException(path + " answered " + answer.statusCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What is served without any protection, or nothing. */
  static Optional<JsonNode> plain(URI uri) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(CONNECT).build();
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      return answer.statusCode() == 200 ? Optional.of(Json.tree(answer.body())) : Optional.empty();
    } catch (IOException away) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Answer send(String method, String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(patience)
            .header("Accept", "application/json");
    if (type != null) request.header("Content-Type", type);
    token.ifPresent(each -> request.header("Authorization", "Bearer " + each));
    request.method(
        method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), json(answer.body()));
    } catch (IOException away) {
      return new Answer(0, Json.object().put("message", away.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return Json.tree(body);
    } catch (tools.jackson.core.JacksonException text) {
      return Json.object().put("message", new String(body, StandardCharsets.UTF_8));
    }
  }
}
