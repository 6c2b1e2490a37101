package io.ordinal.controller.api.discovery;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import tools.jackson.databind.node.ObjectNode;

/** Serves OpenAPI documents that were made elsewhere. */
final class OpenApi {
  private record Page(byte[] document, String hash) {}

  private final Map<String, Page> pages = new TreeMap<>();
  private final ObjectNode index = Json.object();

  /**
   * @param documents by group and version as they stand in paths, such as {@code apis/apps/v1}
   */
  OpenApi(Map<String, byte[]> documents) {
    ObjectNode paths = index.putObject("paths");
    new TreeMap<>(documents)
        .forEach(
            (path, document) -> {
              Page page = new Page(document, hash(document));
              pages.put(path, page);
              paths
                  .putObject(path)
                  .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + page.hash());
            });
  }

  HttpResponse index() {
    return Answer.json(200, index);
  }

  /** Nothing when no such group and version is served. */
  Optional<HttpResponse> page(String path, HttpRequest request) {
    return Optional.ofNullable(pages.get(path)).map(page -> answer(page, request));
  }

  private static HttpResponse answer(Page page, HttpRequest request) {
    String tag = '"' + page.hash() + '"';
    RawHeader header = RawHeader.create("ETag", tag);
    boolean known =
        request.getHeader("If-None-Match").filter(each -> each.value().contains(tag)).isPresent();
    if (known) return HttpResponse.create().withStatus(304).addHeader(header);
    return Answer.json(200, page.document()).addHeader(header);
  }

  /** An empty OpenAPI 2 document in gnostic's protobuf: clients find nothing there to check by. */
  static byte[] emptyV2() {
    byte[] version = "2.0".getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[version.length + 2];
    message[0] = 0x0a; // Field 1, a string.
    message[1] = (byte) version.length;
    System.arraycopy(version, 0, message, 2, version.length);
    return message;
  }

  private static String hash(byte[] document) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(document);
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
