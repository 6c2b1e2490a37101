package io.ordinal.member.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.api.cluster.TokenText;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
  private static final CertificateAuthority AUTHORITY = Pki.authority();
  private static final X509Certificate CERTIFICATE = AUTHORITY.identity().certificate();
  private final Application application =
      Application.fresh(TokenText.hashOf(CERTIFICATE), Pki.RANDOM);

  @Test
  void the_answer_is_a_certificate_for_this_machines_key() throws GeneralSecurityException {
    String answer = Pem.of(signed(application.request()));
    assertThat(application.authority(Pem.of(CERTIFICATE))).isEqualTo(CERTIFICATE);
    assertThat(application.identity(answer).certificate().getExtendedKeyUsage()).hasSize(2);
  }

  @Test
  void a_certificate_for_another_key_is_refused() throws GeneralSecurityException {
    Application other = Application.fresh(TokenText.hashOf(CERTIFICATE), Pki.RANDOM);
    String answer = Pem.of(signed(other.request()));
    assertThatThrownBy(() -> application.identity(answer))
        .hasMessageContaining("for another key than this machine's");
  }

  @Test
  void another_authority_than_the_tokens_is_refused() throws GeneralSecurityException {
    String other = Pem.of(Pki.authority().identity().certificate());
    assertThatThrownBy(() -> application.authority(other))
        .hasMessageContaining("another authority than the token");
  }

  @Test
  void a_join_that_was_cut_short_asks_again_with_the_same_key(@TempDir Path directory) {
    String hash = TokenText.hashOf(CERTIFICATE);
    String first = Application.pending(directory, hash, Pki.RANDOM).request();
    assertThat(Application.pending(directory, hash, Pki.RANDOM).request()).isEqualTo(first);
    assertThat(Application.isPending(directory)).isTrue();

    Application.settled(directory);
    assertThat(Application.isPending(directory)).isFalse();
    assertThat(Application.pending(directory, hash, Pki.RANDOM).request()).isNotEqualTo(first);
  }

  @Test
  void a_damaged_request_is_the_senders_fault() {
    String cut = application.request().substring(0, 60);
    assertThatThrownBy(() -> CertificateRequests.key(cut))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CertificateRequests.key(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static X509Certificate signed(String request) throws GeneralSecurityException {
    return AUTHORITY.issueMember(
        CertificateRequests.key(request),
        new Signer.Subject("n1", false, List.of("10.0.0.1")),
        Instant.now());
  }
}
