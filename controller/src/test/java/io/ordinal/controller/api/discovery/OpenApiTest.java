package io.ordinal.controller.api.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.openapi.OpenApiDocuments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final String DOCUMENT = "{\"openapi\":\"3.0.0\"}";
  private final OpenApi served =
      new OpenApi(
          new OpenApiDocuments(
              Map.of("api/v1", DOCUMENT.getBytes(UTF_8)), new byte[1], new byte[1]));

  @Test
  void a_document_is_packed_once_for_all_who_ask_for_it() throws IOException {
    HttpResponse first = asked("Accept-Encoding", "gzip");
    assertThat(first.getHeader("Content-Encoding").orElseThrow().value()).isEqualTo("gzip");
    assertThat(bytes(asked("Accept-Encoding", "gzip"))).isSameAs(bytes(first));
    try (var text = new GZIPInputStream(new ByteArrayInputStream(bytes(first).toArray()))) {
      assertThat(new String(text.readAllBytes(), UTF_8)).isEqualTo(DOCUMENT);
    }
  }

  @Test
  void who_takes_no_gzip_gets_it_as_it_is() {
    HttpResponse plain = asked("X", "y");
    assertThat(plain.getHeader("Content-Encoding")).isEmpty();
    assertThat(bytes(plain).utf8String()).isEqualTo(DOCUMENT);
  }

  private HttpResponse asked(String header, String value) {
    HttpRequest request =
        HttpRequest.GET("/openapi/v3/api/v1").addHeader(RawHeader.create(header, value));
    return served.page("api/v1", request).orElseThrow();
  }

  private static ByteString bytes(HttpResponse answer) {
    return ((HttpEntity.Strict) answer.entity()).getData();
  }
}
