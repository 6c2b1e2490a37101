package io.ordinal.member.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class UnreachedTest {
  private static final String EXPECTED =
      "expected the API of a controller. On a controller, ordinal status shows its address and port";

  @Test
  void a_port_at_which_nobody_listens_is_told_apart_from_a_machine_that_is_silent() {
    ConnectException refused = new ConnectException();
    refused.initCause(new ClosedChannelException());
    assertThat(told(refused)).startsWith("nothing listens at 10.0.0.1:6443; " + EXPECTED);
    assertThat(told(new HttpConnectTimeoutException("HTTP connect timed out")))
        .startsWith("no answer from 10.0.0.1:6443: is that machine on, and may its port be reached")
        .contains("Expected the API of a controller.");
  }

  @Test
  void a_name_that_no_machine_has_is_told_as_such() {
    ConnectException unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());
    for (IOException each : List.of(unresolved, new UnknownHostException("controler"))) {
      assertThat(told(URI.create("https://controler:6443"), each))
          .isEqualTo("this machine does not know the name controler; give a controller's address");
    }
  }

  @Test
  void another_port_of_a_member_is_told() {
    assertThat(told(new SSLException("Unsupported or unrecognized SSL message")))
        .startsWith("what listens at 10.0.0.1:6443 is something else (Unsupported or unrecognized")
        .contains(EXPECTED);
    assertThat(told(new IOException("header parser received no bytes")))
        .startsWith("what listens at 10.0.0.1:6443 did not answer (header parser received no");
  }

  @Test
  void another_cluster_is_told() {
    SSLHandshakeException handshake = new SSLHandshakeException("certificate_unknown");
    handshake.initCause(new CertificateException("the server belongs to another cluster"));
    assertThat(told(handshake))
        .startsWith("10.0.0.1:6443: the server belongs to another cluster; ordinal token create");
  }

  private static String told(IOException failure) {
    return told(URI.create("https://10.0.0.1:6443"), failure);
  }

  private static String told(URI server, IOException failure) {
    IOException wrapped = new IOException(server + ": x", failure);
    return Unreached.explained(server, wrapped).getMessage();
  }
}
