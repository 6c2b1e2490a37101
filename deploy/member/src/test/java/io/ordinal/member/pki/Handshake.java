package io.ordinal.member.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Two sides of a connection on the loopback address, which is the server's. */
final class Handshake {
  private Handshake() {}

  /**
   * @return whom the client talked to
   * @throws IOException when either side did not believe the other
   */
  static X509Certificate between(SSLContext server, SSLContext client) throws IOException {
    return between(server, client, client.getDefaultSSLParameters());
  }

  /**
   * @param calls what the client asks of the connection
   */
  static X509Certificate between(SSLContext server, SSLContext client, SSLParameters calls)
      throws IOException {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (SSLServerSocket listening =
            (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, here);
        SSLSocket calling =
            (SSLSocket) client.getSocketFactory().createSocket(here, listening.getLocalPort())) {
      listening.setNeedClientAuth(true);
      calling.setSSLParameters(calls);
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(listening));
      calling.startHandshake();
      if (calling.getInputStream().read() != 1) throw new IOException("the server hung up");
      served.join();
      return (X509Certificate) calling.getSession().getPeerCertificates()[0];
    }
  }

  private static void answer(SSLServerSocket listening) {
    try (SSLSocket accepted = (SSLSocket) listening.accept()) {
      accepted.startHandshake();
      accepted.getOutputStream().write(1);
    } catch (IOException refused) {
      // The client is told by the connection's end.
    }
  }
}
