package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class AuditTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  @TempDir Path directory;
  private Path file;
  private ServedApi api;

  @BeforeEach
  void serve() {
    file = directory.resolve("audit").resolve("audit.log");
    api = new ServedApi("audit.file = \"" + file + "\"");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void who_did_what_is_written_without_what_they_sent() throws Exception {
    api.post(
        MAPS + "?fieldManager=me",
        "{\"metadata\":{\"name\":\"kept\"},\"data\":{\"password\":\"hunter2\"}}");
    ObjectNode event = event(each -> each.path("verb").asString().equals("create") && isMap(each));
    assertThat(event.path("kind").asString()).isEqualTo("Event");
    assertThat(event.path("apiVersion").asString()).isEqualTo("audit.k8s.io/v1");
    assertThat(event.path("level").asString()).isEqualTo("Metadata");
    assertThat(event.path("stage").asString()).isEqualTo("ResponseComplete");
    assertThat(event.path("requestURI").asString()).isEqualTo(MAPS + "?fieldManager=me");
    assertThat(event.path("user").path("username").asString()).isEqualTo("admin");
    assertThat(event.path("sourceIPs").path(0).asString()).isEqualTo("127.0.0.1");
    assertThat(event.path("userAgent").asString()).startsWith("Java-http-client");
    assertThat(event.path("objectRef").toString())
        .isEqualTo("{\"resource\":\"configmaps\",\"namespace\":\"default\",\"apiVersion\":\"v1\"}");
    assertThat(event.path("responseStatus").path("code").asInt()).isEqualTo(201);
    assertThat(event.path("annotations").path("authorization.k8s.io/decision").asString())
        .isEqualTo("allow");
    assertThat(event.path("requestReceivedTimestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(Files.readString(file)).doesNotContain("hunter2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusals_are_written_and_what_the_refusal_quotes_is_not() throws Exception {
    Map<String, String> asEve = Map.of("Impersonate-User", "eve", "Impersonate-Group", "spies");
    assertThat(api.send("GET", MAPS + "/x", null, asEve).code()).isEqualTo(403);
    ObjectNode refused = event(each -> each.path("responseStatus").path("code").asInt() == 403);
    assertThat(refused.path("user").path("username").asString()).isEqualTo("admin");
    assertThat(refused.path("impersonatedUser").toString())
        .isEqualTo("{\"username\":\"eve\",\"groups\":[\"spies\",\"system:authenticated\"]}");
    assertThat(refused.path("annotations").path("authorization.k8s.io/decision").asString())
        .isEqualTo("forbid");
    api.post(MAPS, "{\"metadata\":{\"name\":\"hunter2!\"}}");
    ObjectNode wrong = event(each -> each.path("responseStatus").path("code").asInt() == 422);
    assertThat(wrong.toString()).doesNotContain("hunter2");
  }

  @Test
  void a_watch_is_written_when_it_begins_and_when_it_ends() throws Exception {
    try (InputStream watch = api.open(MAPS + "?watch=true&timeoutSeconds=1", Map.of()).body()) {
      event(each -> each.path("stage").asString().equals("ResponseStarted"));
      watch.readAllBytes();
    }
    ObjectNode end =
        event(
            each ->
                each.path("stage").asString().equals("ResponseComplete")
                    && each.path("verb").asString().equals("watch"));
    assertThat(end.path("responseStatus").path("code").asInt()).isEqualTo(200);
  }

  @Test
  void an_answer_names_its_event() throws Exception {
    String id = api.get(MAPS).raw().headers().firstValue("Audit-Id").orElseThrow();
    event(each -> each.path("auditID").asString().equals(id));
  }

  private static boolean isMap(ObjectNode event) {
    return event.path("objectRef").path("resource").asString("").equals("configmaps");
  }

  private ObjectNode event(Predicate<ObjectNode> wanted) {
    return Awaitility.await()
        .until(() -> events().stream().filter(wanted).findFirst(), java.util.Optional::isPresent)
        .orElseThrow();
  }

  private List<ObjectNode> events() throws Exception {
    if (!Files.exists(file)) return List.of();
    return Files.readAllLines(file).stream()
        .map(line -> Json.object(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
