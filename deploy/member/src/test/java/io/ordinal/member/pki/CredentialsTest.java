package io.ordinal.member.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.cluster.Signer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Validity VALIDITY = Pki.VALIDITY;
  private static final Credentials.Wanted WANTED =
      new Credentials.Wanted(
          new Signer.Subject("c1", true, List.of("10.0.0.1")), List.of("10.0.0.1"), VALIDITY);
  @TempDir private Path directory;

  @Test
  void the_first_start_founds_an_authority_and_later_ones_keep_it() {
    Credentials first = Credentials.prepare(directory, WANTED, NOW, RANDOM);
    Credentials again = Credentials.prepare(directory, WANTED, NOW, RANDOM);
    assertThat(again.authority()).isEqualTo(first.authority());
    assertThat(again.member()).isEqualTo(first.member());
    assertThat(first.foundingAuthority()).isPresent();
  }

  @Test
  void certificates_that_end_soon_are_renewed() {
    Credentials first = Credentials.prepare(directory, WANTED, NOW, RANDOM);
    Instant later =
        first.member().certificate().getNotAfter().toInstant().minus(Duration.ofDays(29));
    assertThat(first.isDue(VALIDITY, NOW)).isFalse();
    assertThat(first.isDue(VALIDITY, later)).isTrue();
    Credentials renewed = Credentials.prepare(directory, WANTED, later, RANDOM);
    assertThat(renewed.authority()).isEqualTo(first.authority());
    assertThat(renewed.member()).isNotEqualTo(first.member());
    assertThat(renewed.server()).isNotEqualTo(first.server());
    assertThat(renewed.isDue(VALIDITY, later)).isFalse();
  }

  @Test
  void once_the_store_has_the_authoritys_key_the_directory_has_it_no_more() {
    Credentials founder = Credentials.prepare(directory, WANTED, NOW, RANDOM);
    founder.forgetAuthorityKey();
    assertThat(founder.foundingAuthority()).isEmpty();
    assertThat(directory.resolve("ca.key")).doesNotExist();
    assertThat(Credentials.prepare(directory, WANTED, NOW, RANDOM).authority())
        .isEqualTo(founder.authority());
  }

  @Test
  void a_directory_that_never_joined_has_none_and_says_what_is_missing() {
    assertThat(Credentials.ofJoined(directory)).isEmpty();
    CertificateAuthority authority = Pki.authority();
    Credentials node =
        Credentials.join(directory, authority.identity().certificate(), Pki.node(authority));
    assertThatThrownBy(node::admin).hasMessageContaining("no certificate named admin");
    assertThat(Credentials.ofJoined(directory).orElseThrow().member()).isEqualTo(node.member());
  }
}
