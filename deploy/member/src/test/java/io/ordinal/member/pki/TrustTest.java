package io.ordinal.member.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.cluster.MemberNames;
import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.api.cluster.TokenText;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class TrustTest {
  private static final CertificateAuthority OURS = Pki.authority();
  private static final CertificateAuthority THEIRS = Pki.authority();

  @Test
  void controllers_believe_each_other() throws IOException {
    SSLContext controller = context(OURS, Pki.controller(OURS), MemberNames.CONTROLLERS);
    assertThat(Handshake.between(controller, controller)).isNotNull();
  }

  @Test
  void a_node_is_no_controller_to_anybody() {
    SSLContext controllersOnly = context(OURS, Pki.controller(OURS), MemberNames.CONTROLLERS);
    SSLContext node = context(OURS, Pki.node(OURS), MemberNames.CONTROLLERS);
    assertThatThrownBy(() -> Handshake.between(controllersOnly, node))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Handshake.between(node, controllersOnly))
        .hasStackTraceContaining("is not one of ordinal:controllers");
  }

  @Test
  void a_controller_takes_messages_of_nodes() throws IOException {
    SSLContext everyMember = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    SSLContext node = context(OURS, Pki.node(OURS), MemberNames.CONTROLLERS);
    assertThat(Handshake.between(everyMember, node)).isNotNull();
    assertThat(Handshake.between(node, everyMember)).isNotNull();
  }

  @Test
  void a_member_of_another_cluster_is_nobody() {
    SSLContext ours = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    SSLContext theirs = context(THEIRS, Pki.controller(THEIRS), MemberNames.MEMBERS);
    assertThatThrownBy(() -> Handshake.between(ours, theirs)).isInstanceOf(IOException.class);
  }

  @Test
  void a_joining_machine_knows_the_cluster_by_the_hash_in_its_token() throws IOException {
    String hash = TokenText.hashOf(OURS.identity().certificate());
    KeyManager[] shown = {Tls.keys(() -> Pki.node(OURS), OURS.identity().certificate())};
    SSLContext newcomer = Tls.context(shown, new PinnedTrust(hash));
    SSLContext ours = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    SSLContext theirs = context(THEIRS, Pki.controller(THEIRS), MemberNames.MEMBERS);
    assertThat(Handshake.between(ours, newcomer)).isNotNull();
    assertThatThrownBy(() -> Handshake.between(theirs, newcomer))
        .hasStackTraceContaining("belongs to another cluster than the token");
  }

  @Test
  void whoever_is_called_must_be_at_an_address_of_its_certificate() throws IOException {
    SSLContext client = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    SSLContext here = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    Identity other =
        Pki.member(OURS, new Signer.Subject("c2", true, java.util.List.of("10.0.0.9")));
    SSLContext elsewhere = context(OURS, other, MemberNames.MEMBERS);
    SSLParameters artery =
        new ArteryTls(client).createClientSSLEngine("127.0.0.1", 1).getSSLParameters();
    assertThat(Handshake.between(here, client, artery)).isNotNull();
    assertThatThrownBy(() -> Handshake.between(elsewhere, client, artery))
        .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
  }

  @Test
  void a_renewed_certificate_is_shown_from_the_next_connection_on() throws IOException {
    AtomicReference<Identity> current = new AtomicReference<>(Pki.controller(OURS));
    SSLContext server = context(OURS, current::get, MemberNames.MEMBERS);
    SSLContext client = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    assertThat(Handshake.between(server, client)).isEqualTo(current.get().certificate());
    current.set(Pki.controller(OURS));
    SSLContext another = context(OURS, Pki.controller(OURS), MemberNames.MEMBERS);
    assertThat(Handshake.between(server, another)).isEqualTo(current.get().certificate());
  }

  private static SSLContext context(CertificateAuthority authority, Identity self, String group) {
    return context(authority, () -> self, group);
  }

  private static SSLContext context(
      CertificateAuthority authority, Supplier<Identity> self, String group) {
    KeyManager[] keys = {Tls.keys(self, authority.identity().certificate())};
    return Tls.context(keys, new GroupTrust(Tls.trust(authority.identity().certificate()), group));
  }
}
