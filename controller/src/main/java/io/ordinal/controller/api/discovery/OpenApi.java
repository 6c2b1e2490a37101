package io.ordinal.controller.api.discovery;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Encoding;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.openapi.OpenApiDocuments;
import io.ordinal.controller.document.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import tools.jackson.databind.node.ObjectNode;

/** Serves OpenAPI documents that were made elsewhere. */
final class OpenApi {
  private static final String PROTOBUF = "com.github.proto-openapi.spec.v2.v1.0+protobuf";

  /** The first is what clients ask for, the second what they are answered, as in Kubernetes. */
  private static final Set<String> PROTOBUF_NAMES =
      Set.of(
          "application/com.github.proto-openapi.spec.v2@v1.0+protobuf", "application/" + PROTOBUF);

  private static final ContentType PROTOBUF_TYPE =
      MediaTypes.customBinary("application", PROTOBUF, true, Map.of(), true).toContentType();

  /** Whoever keeps answers for others must not give one of them to all. */
  private static final RawHeader VARY = RawHeader.create("Vary", "Accept, Accept-Encoding");

  private static final byte[] NOTHING = {};

  /** The same for everybody, and packed only once. */
  private static final class Page {
    private final ByteString document;
    private final String hash;
    private final ContentType type;
    private volatile ByteString packed;

    Page(byte[] document, ContentType type) {
      this.document = ByteString.fromArrayUnsafe(document);
      this.hash = OpenApi.hash(document);
      this.type = type;
    }

    ByteString packed() {
      ByteString known = packed;
      if (known == null) {
        known = ByteString.fromArrayUnsafe(Encoding.gzip(document.toArray()));
        packed = known;
      }
      return known;
    }
  }

  private final Map<String, Page> pages = new TreeMap<>();
  private final ObjectNode index = Json.object();

  private final Page v2;
  private final Page v2Protobuf;

  OpenApi(OpenApiDocuments documents) {
    v2 = new Page(documents.v2(), ContentTypes.APPLICATION_JSON);
    v2Protobuf = new Page(documents.v2Protobuf(), PROTOBUF_TYPE);
    ObjectNode paths = index.putObject("paths");
    new TreeMap<>(documents.v3())
        .forEach(
            (path, document) -> {
              Page page = new Page(document, ContentTypes.APPLICATION_JSON);
              pages.put(path, page);
              paths
                  .putObject(path)
                  .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + page.hash);
            });
  }

  HttpResponse index() {
    return Answer.json(200, index);
  }

  /**
   * Everything in OpenAPI 2.
   *
   * @throws io.ordinal.controller.api.http.StatusException 406 when it is wanted in another form
   */
  HttpResponse v2(Accept accept, HttpRequest request) {
    for (Accept.Range range : accept.ranges()) {
      if (PROTOBUF_NAMES.contains(range.type())) return answer(v2Protobuf, request);
      if (range.isJson()) return answer(v2, request);
    }
    throw Refusal.notAcceptable(
        "only the following media types are accepted: application/json, "
            + String.join(", ", new TreeSet<>(PROTOBUF_NAMES)));
  }

  /** Nothing when no such group and version is served. */
  Optional<HttpResponse> page(String path, HttpRequest request) {
    return Optional.ofNullable(pages.get(path)).map(page -> answer(page, request));
  }

  private static HttpResponse answer(Page page, HttpRequest request) {
    String tag = '"' + page.hash + '"';
    RawHeader header = RawHeader.create("ETag", tag);
    boolean known =
        request.getHeader("If-None-Match").filter(each -> each.value().contains(tag)).isPresent();
    if (known) return HttpResponse.create().withStatus(304).addHeader(header).addHeader(VARY);
    boolean packs = Encoding.takesGzip(request);
    HttpResponse answer =
        Answer.json(200, NOTHING)
            .withEntity(HttpEntities.create(page.type, packs ? page.packed() : page.document))
            .addHeader(header)
            .addHeader(VARY);
    return packs ? Encoding.alreadyPacked(answer) : answer;
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
