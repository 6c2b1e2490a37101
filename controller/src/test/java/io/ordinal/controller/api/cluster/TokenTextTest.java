package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenTextTest {
  private static final String SECRET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String HASH = SECRET + "abcdefghijklmnopqrst";

  @Test
  void reads_what_it_prints() {
    TokenText token = new TokenText("abcdefgh", SECRET, HASH);
    assertThat(TokenText.parse("  " + token + "\n")).isEqualTo(token);
    assertThat(token.bearer()).isEqualTo("abcdefgh." + SECRET);
  }

  @Test
  void anything_else_is_refused_without_being_repeated() {
    for (String text : new String[] {"", "abcdefgh." + SECRET, "abcdefgh." + SECRET + ".short"}) {
      assertThatThrownBy(() -> TokenText.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("this is not a join token: expected what `ordinal token create` printed");
    }
  }

  @Test
  void different_secrets_have_different_hashes() {
    assertThat(TokenText.hashOf(SECRET)).hasSize(52).isNotEqualTo(TokenText.hashOf("a" + SECRET));
  }
}
