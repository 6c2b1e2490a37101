package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.hosts.Api;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists that together are larger than the heap of the member that answers them. */
class LargeListsTest {
  private static final String HEAP = "-Xmx384m";
  private static final int OBJECTS = 48;
  private static final int BYTES_EACH = 1_000_000;

  /** Of one user, and all of them are answered: what they are taken to hold fits its share. */
  private static final int CLIENTS = 10;

  /** Those that are read last wait for the others. */
  private static final String PATIENT = "ordinal.api.connections.stall = 10m\n";

  private static Cluster cluster;
  private static HttpClient client;
  private static URI maps;

  @BeforeAll
  static void up() throws IOException {
    cluster = Cluster.startedWith(HEAP);
    cluster.ordinal("down").ok();
    Files.writeString(cluster.directory().configuration(), PATIENT, StandardOpenOption.APPEND);
    cluster.ordinal("up").ok();
    String kubeconfig = Files.readString(cluster.directory().kubeconfig());
    Matcher server = Pattern.compile("server: \"?([^\"\\s]+)").matcher(kubeconfig);
    assertThat(server.find()).isTrue();
    maps = URI.create(server.group(1) + "/api/v1/namespaces/default/configmaps");
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Api.credentials(cluster.directory().kubeconfig()))
            .build();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void are_all_answered_by_a_member_that_stays_up() throws Exception {
    long member = cluster.member().pid();
    for (int i = 0; i < OBJECTS; i++) make("m" + i);
    List<HttpResponse<InputStream>> lists = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      lists.add(client.send(HttpRequest.newBuilder(maps).build(), BodyHandlers.ofInputStream()));
    }
    for (HttpResponse<InputStream> list : lists) {
      assertThat(list.statusCode()).isEqualTo(200);
      try (InputStream body = list.body()) {
        assertWhole(Json.object(body.readAllBytes()));
      }
    }
    assertThat(cluster.member().pid()).isEqualTo(member);
    assertThat(cluster.kubectl("get", "--raw", "/readyz").ok()).isEqualTo("ok");
  }

  private static void assertWhole(ObjectNode list) {
    assertThat(list.path("items").size()).isEqualTo(OBJECTS);
    for (JsonNode each : list.path("items")) {
      assertThat(each.path("data").path("v").asString("")).hasSize(BYTES_EACH);
    }
  }

  private static void make(String name) throws IOException, InterruptedException {
    ObjectNode map = Json.object();
    map.putObject("metadata").put("name", name);
    map.putObject("data").put("v", "x".repeat(BYTES_EACH));
    HttpRequest post =
        HttpRequest.newBuilder(maps)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.bytes(map)))
            .build();
    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
  }
}
