package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimGrowthTest {
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
    ok(
        api.post(
            CLAIMS,
            """
            {"metadata":{"name":"data"},"spec":{"volumeName":"pv","storageClassName":"local",
             "accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}
            """));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_claim_whose_class_does_not_allow_it_is_forbidden_to_grow() {
    Reply refused = asking("2Gi");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.json().path("reason").asString("")).isEqualTo("Forbidden");
    assertThat(refused.message())
        .isEqualTo(
            "persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned pvc can be"
                + " resized and the storageclass that provisions the pvc must support resize");
    assertThat(refused.json().at("/details/kind").asString("")).isEqualTo("persistentvolumeclaims");
    ok(asking("1024Mi"));
  }

  @Test
  void what_is_not_valid_at_all_is_told_first() {
    Reply refused = asking("1Mi");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains("field can not be less than previous value");
  }

  private Reply asking(String storage) {
    String patch = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"%s\"}}}}";
    return api.patch(CLAIMS + "/data", "merge-patch+json", patch.formatted(storage));
  }
}
