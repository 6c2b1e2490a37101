package io.ordinal.controller.api.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.document.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtobufReaderTest {
  private static final Set<String> SCALARS =
      Set.of("string", "int", "bool", "bytes", "Time", "MicroTime", "Quantity", "IntOrString");

  /**
   * ConfigMap v1 named x with data a: b, as kubectl writes it: empty strings and times included.
   */
  private static final byte[] CONFIG_MAP =
      HexFormat.of()
          .parseHex(
              "6b387300" // Magic.
                  + "0a0f"
                  + "0a02"
                  + "7631"
                  + "1209"
                  + "436f6e6669674d6170"
                  + "1219"
                  + "0a0f"
                  + "0a0178"
                  + "1200"
                  + "1a00"
                  + "2200"
                  + "2a00"
                  + "3200"
                  + "3800" // No time.
                  + "1206"
                  + "0a0161"
                  + "120162"
                  + "1a00"
                  + "2200");

  @Test
  void an_object_becomes_the_tree_that_json_would_have_given() {
    assertThat(ProtobufReader.read(CONFIG_MAP).tree().toString())
        .isEqualTo(
            "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"x\"},"
                + "\"data\":{\"a\":\"b\"}}");
  }

  @Test
  void a_body_cut_anywhere_is_refused_or_read_but_never_breaks_the_reader() {
    for (int length = 0; length < CONFIG_MAP.length; length++) {
      byte[] cut = Arrays.copyOf(CONFIG_MAP, length);
      try {
        assertThat(ProtobufReader.read(cut).tree().isObject()).isTrue();
      } catch (StatusException refused) {
        assertThat(refused.status().code()).isIn(400, 415);
      }
    }
  }

  @Test
  void an_unknown_kind_is_an_unsupported_type() {
    byte[] other = CONFIG_MAP.clone();
    other[12] = 'X';
    assertThatThrownBy(() -> ProtobufReader.read(other))
        .hasMessageContaining("are read from application/json and application/yaml only");
  }

  @Test
  void more_values_than_bodies_may_have_are_refused() {
    byte[] finalizers = new byte[2 * 400_001]; // Of two bytes each: the field, and no bytes in it.
    for (int i = 0; i < finalizers.length; i += 2) finalizers[i] = 14 << 3 | 2;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(CONFIG_MAP, 0, 4 + 2 + 15);
    byte[] metadata = field(1, finalizers);
    body.writeBytes(field(2, metadata));
    assertThatThrownBy(() -> ProtobufReader.read(body.toByteArray()))
        .isInstanceOfSatisfying(
            StatusException.class, refused -> assertThat(refused.status().code()).isEqualTo(413));
  }

  private static byte[] field(int number, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int left = bytes.length;
    for (; left > 0x7f; left >>>= 7) out.write(left & 0x7f | 0x80);
    out.write(left);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  @Test
  void times_with_microseconds_keep_six_digits() {
    byte[] lease =
        HexFormat.of()
            .parseHex(
                "6b3873000a1f0a16636f6f7264696e6174696f6e2e6b38732e696f2f763112054c656173"
                    + "65121b0a030a016c12140a0161100f220b0880f2d6ca0610959aef3a2800");
    assertThat(ProtobufReader.read(lease).tree().get("spec").toString())
        .isEqualTo(
            "{\"holderIdentity\":\"a\",\"leaseDurationSeconds\":15,"
                + "\"renewTime\":\"2026-01-01T00:00:00.123456Z\",\"leaseTransitions\":0}");
  }

  /** As the official Java client's messages are written. */
  private static byte[] sample(String name) throws IOException {
    return HexFormat.of().parseHex(text(name + ".hex").replace("\n", ""));
  }

  private static String text(String resource) throws IOException {
    try (InputStream text = ProtobufReaderTest.class.getResourceAsStream(resource)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_pod_is_read_with_what_json_has_one_level_higher_and_zeros_that_say_something()
      throws IOException {
    assertThat(ProtobufReader.read(sample("pod")).tree())
        .isEqualTo(
            Json.object(
                """
                {"kind": "Pod", "apiVersion": "v1",
                 "metadata": {"name": "web", "labels": {"app": "web"}},
                 "spec": {
                   "volumes": [
                     {"name": "scratch", "emptyDir": {}},
                     {"name": "conf", "configMap": {"name": "settings", "defaultMode": 420}}],
                   "containers": [{
                     "name": "main", "image": "busybox", "command": ["sh"],
                     "ports": [{"containerPort": 80}],
                     "env": [{"name": "KEY", "valueFrom": {
                       "configMapKeyRef": {"name": "settings", "key": "k", "optional": false}}}],
                     "resources": {"limits": {"memory": "64Mi"}},
                     "volumeMounts": [{"name": "conf", "mountPath": "/conf"}],
                     "readinessProbe": {"httpGet": {"path": "/", "port": "web"}, "periodSeconds": 5},
                     "securityContext": {"runAsUser": 0, "runAsNonRoot": false}}],
                   "restartPolicy": "Always", "terminationGracePeriodSeconds": 0}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_set_of_no_replicas_is_one_of_none() throws IOException {
    assertThat(ProtobufReader.read(sample("statefulset")).tree())
        .isEqualTo(
            Json.object(
                """
                {"kind": "StatefulSet", "apiVersion": "apps/v1", "metadata": {"name": "web"},
                 "spec": {
                   "replicas": 0, "serviceName": "web", "selector": {"matchLabels": {"app": "web"}},
                   "template": {
                     "metadata": {"labels": {"app": "web"}},
                     "spec": {"containers": [{"name": "main", "image": "busybox"}]}},
                   "volumeClaimTemplates": [{
                     "metadata": {"name": "data"},
                     "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "",
                       "resources": {"requests": {"storage": "1Gi"}}}}],
                   "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}}}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void every_message_of_the_table_is_there() throws IOException {
    List<String> lines =
        text("fields.txt")
            .lines()
            .filter(each -> !each.isBlank() && !each.startsWith("#"))
            .toList();
    assertThat(lines).hasSizeGreaterThan(1000);
    for (String line : lines) {
      if (!line.startsWith(" ")) continue;
      String type = line.strip().split(" ")[2].replaceAll("^(map|inline):|\\[]$|\\?$", "");
      assertThat(SCALARS.contains(type) || lines.contains(type)).as(line).isTrue();
    }
  }
}
