package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.auth.Identity;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoiningTokenTest {
  private final ServedApi api =
      new ServedApi(request -> Identity.ANONYMOUS, Optional.empty(), false);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_token_that_is_no_users_reaches_the_clusters_api_and_nothing_else() {
    Map<String, String> shown = Map.of("Authorization", "Bearer aaaaaaaa.bbbbbbbb");
    assertThat(api.send("POST", "/ordinal/v1/join", "{}", shown).body())
        .isEqualTo("system:anonymous [v1, join]");
    assertThat(api.send("GET", "/api/v1/nodes", null, shown).code()).isEqualTo(401);
  }
}
