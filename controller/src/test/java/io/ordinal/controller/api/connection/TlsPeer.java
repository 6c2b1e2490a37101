package io.ordinal.controller.api.connection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;

/** A client of TLS that sends its records in pieces that break them anywhere. */
final class TlsPeer implements AutoCloseable {
  private static final int ROOM = 1 << 16;

  private final Socket socket;
  private final SSLEngine engine;
  private final Random random;
  private final ByteBuffer sealed = ByteBuffer.allocate(ROOM);
  private final ByteBuffer opened = ByteBuffer.allocate(ROOM);
  private final byte[] chunk = new byte[ROOM / 2];

  TlsPeer(SSLContext context, String protocol, int port, Random random) throws IOException {
    this.socket = new Socket();
    socket.setReceiveBufferSize(ROOM);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    this.engine = context.createSSLEngine();
    this.random = random;
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    sealed.flip();
    opened.flip();
  }

  /** Knows these ciphers alone. */
  TlsPeer with(String... ciphers) {
    engine.setEnabledCipherSuites(ciphers);
    return this;
  }

  /** Says its first word, and nothing more. */
  void greet() throws IOException {
    engine.beginHandshake();
    answer();
  }

  /** All bytes as they come until the other side closes. */
  byte[] raw() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /** So many bytes as they come, or fewer if the other side closes. */
  byte[] raw(int most) throws IOException {
    return socket.getInputStream().readNBytes(most);
  }

  /** Greets, or agrees on new keys. */
  void shakeHands() throws IOException {
    engine.beginHandshake();
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      answer();
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) open();
    }
  }

  private void answer() throws IOException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      engine.getDelegatedTask().run();
    }
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) seal(ByteBuffer.allocate(0));
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer open = ByteBuffer.wrap(bytes);
    while (open.hasRemaining()) {
      open.limit(Math.min(bytes.length, open.position() + 1 + random.nextInt(20_000)));
      while (open.hasRemaining()) seal(open);
      open.limit(bytes.length);
    }
  }

  /** So many bytes, or fewer if the other side has told the end. */
  byte[] read(int most) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < most) {
      if (!opened.hasRemaining() && !open()) break;
      int some = Math.min(most - all.size(), opened.remaining());
      all.write(opened.array(), opened.position(), some);
      opened.position(opened.position() + some);
    }
    return all.toByteArray();
  }

  /** Whether the other side has said in words that nothing more comes. */
  boolean wasToldTheEnd() {
    return engine.isInboundDone();
  }

  /** Says that nothing more comes, and hears on. */
  void sayTheEnd() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) seal(ByteBuffer.allocate(0));
  }

  /** The network ends as it does when a process dies. */
  void vanish() throws IOException {
    socket.shutdownOutput();
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  SSLSession session() {
    return engine.getSession();
  }

  private void seal(ByteBuffer open) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(open, out);
    out.flip();
    while (out.hasRemaining()) {
      int some = 1 + random.nextInt(random.nextInt(4) == 0 ? 9 : out.remaining());
      some = Math.min(some, out.remaining());
      socket.getOutputStream().write(out.array(), out.position(), some);
      out.position(out.position() + some);
    }
  }

  /** False when the other side has told the end. */
  private boolean open() throws IOException {
    while (true) {
      answer();
      opened.compact();
      SSLEngineResult result = engine.unwrap(sealed, opened);
      opened.flip();
      if (result.getStatus() == Status.CLOSED) return false;
      if (result.getStatus() == Status.OK) return true;
      int count = socket.getInputStream().read(chunk);
      if (count < 0) throw new EOFException("the connection was closed without a word");
      sealed.compact();
      sealed.put(chunk, 0, count);
      sealed.flip();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
