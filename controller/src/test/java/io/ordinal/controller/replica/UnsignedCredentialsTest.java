package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.View;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class UnsignedCredentialsTest {
  private static final ApiObject POD = ReplicaWorld.object("{'metadata':{'name':'web-0'}}");
  private boolean known = true;

  /** Whose signature would fail the test. */
  private final PodCredentials signing =
      new PodCredentials() {
        @Override
        public Token token(View view, ApiObject pod, String audience, Duration life) {
          throw new AssertionError("signed");
        }

        @Override
        public void requireAccount(View view, ApiObject pod) {
          if (!known) throw new OrderIncomplete("serviceaccount \"clerk\" not found");
        }

        @Override
        public byte[] authority() {
          return new byte[] {7};
        }

        @Override
        public Optional<URI> api(View view, ApiObject pod) {
          return Optional.of(URI.create("https://a"));
        }
      };

  @Test
  void there_could_be_a_token_and_none_is_signed() {
    PodCredentials.Token token = in(this::token);
    assertThat(token.text()).isEmpty();
    assertThat(token.life()).isEqualTo(Duration.ofHours(1));
    assertThat(signing.unsigned().authority()).containsExactly(7);
    Optional<URI> api = in(view -> signing.unsigned().api(view, POD));
    assertThat(api).contains(URI.create("https://a"));
  }

  @Test
  void an_account_that_is_missing_is_missed() {
    known = false;
    assertThatThrownBy(() -> in(this::token))
        .hasRootCauseInstanceOf(OrderIncomplete.class)
        .hasRootCauseMessage("serviceaccount \"clerk\" not found");
  }

  private PodCredentials.Token token(View view) {
    return signing.unsigned().token(view, POD, "", Duration.ofHours(1));
  }

  private static <T> T in(Function<View, T> query) {
    return new InMemoryObjectStore().read(Freshness.LOCAL, query).toCompletableFuture().join();
  }
}
