package io.ordinal.controller.api.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.http.StatusException;
import java.util.Collections;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private static final EncodingSettings SETTINGS =
      EncodingSettings.from(ConfigFactory.load().getConfig("ordinal.api.encoding"));
  private final Encoding encoding = new Encoding(SETTINGS, kit.system());

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_list_of_ten_mebibytes_is_printed_as_yaml() {
    ByteString item = ByteString.fromString("\"" + "x".repeat(1021) + "\",");
    ByteString end = ByteString.fromString("0]}");
    int count = 10 << 10;
    Source<ByteString, ?> json =
        Source.single(ByteString.fromString("{\"items\":["))
            .concat(Source.from(Collections.nCopies(count, item)))
            .concat(Source.single(end));
    long length = 10L + (long) count * item.size() + end.size();
    HttpEntity.Strict yaml =
        (HttpEntity.Strict) encoding.yaml(json(length, json)).toCompletableFuture().join().entity();
    assertThat(yaml.getContentType().toString()).isEqualTo("application/yaml");
    assertThat(yaml.getData().size()).isGreaterThan(10 << 20);
  }

  @Test
  void what_is_too_large_for_yaml_is_not_acceptable() {
    long length = SETTINGS.yamlLimitBytes() + 1;
    HttpResponse large = json(length, Source.empty());
    assertThatThrownBy(() -> encoding.yaml(large).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(StatusException.class)
        .hasMessageContaining("ask for application/json")
        .satisfies(it -> assertThat(((StatusException) it).status().code()).isEqualTo(406));
  }

  private static HttpResponse json(long length, Source<ByteString, ?> bytes) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, length, bytes));
  }
}
