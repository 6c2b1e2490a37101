package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection to a port of a pod. It is over once the pod has said all that it will. */
final class SocketEndpoint implements Endpoint {
  private final Socket socket;
  private final CompletableFuture<Integer> over = new CompletableFuture<>();

  private SocketEndpoint(Socket socket) {
    this.socket = socket;
  }

  /** Blocks. */
  static SocketEndpoint connect(StreamTarget.Port target, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(target.address(), target.port());
      socket.connect(address, Math.toIntExact(patience.toMillis()));
      socket.setTcpNoDelay(true);
      return new SocketEndpoint(socket);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "connecting to port %d of the pod at %s failed: %s"
              .formatted(target.port(), target.address(), e.getMessage()),
          e);
    }
  }

  @Override
  public OutputStream input() {
    return new HalfClosed(socket);
  }

  @Override
  public Map<Integer, InputStream> outputs() {
    try {
      return Map.of(StreamWord.OUTPUT, socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletionStage<Integer> over() {
    return over;
  }

  @Override
  public void drained() {
    over.complete(0);
    abandon();
  }

  @Override
  public void resize(int columns, int rows) {
    // A connection has no size.
  }

  @Override
  public void abandon() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed for this side all the same.
    }
  }

  /** Closing ends one direction only. */
  private static final class HalfClosed extends OutputStream {
    private final Socket socket;

    HalfClosed(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void write(int value) throws IOException {
      socket.getOutputStream().write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      socket.getOutputStream().write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      if (!socket.isClosed()) socket.shutdownOutput();
    }
  }
}
