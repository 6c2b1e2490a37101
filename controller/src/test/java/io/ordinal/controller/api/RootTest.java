package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RootTest {
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void the_root_names_what_is_served_in_order_and_nothing_else() {
    List<String> paths = new ArrayList<>();
    ok(api.get("/")).json().path("paths").forEach(each -> paths.add(each.asString()));
    assertThat(paths)
        .isSorted()
        .doesNotHaveDuplicates()
        .contains("/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1")
        .contains("/healthz", "/livez", "/readyz", "/metrics", "/version")
        .contains("/openapi/v2", "/openapi/v3");
    assertThat(paths).allSatisfy(each -> assertThat(api.get(each).code()).isEqualTo(200));
    for (var group : ok(api.get("/apis")).json().path("groups")) {
      for (var version : group.path("versions")) {
        assertThat(paths).contains("/apis/" + version.path("groupVersion").asString());
      }
    }
  }
}
