package io.ordinal.tests.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One connection, used again for as long as the server lets it. Never repeats a request. Not thread
 * safe.
 */
final class HttpLine implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 40_000;
  private static final int MOST_BODY_BYTES = 64 << 20;

  private final SSLContext tls;
  private final InetSocketAddress address;
  private Socket socket;
  private InputStream in;
  private long opened;

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Answer(int code, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  HttpLine(URI server, SSLContext tls) {
    this.tls = tls;
    this.address = new InetSocketAddress(server.getHost(), server.getPort());
  }

  /** How many connections were needed so far. */
  long opened() {
    return opened;
  }

  /**
   * @throws IOException when there was no whole answer
   */
  Answer send(byte[] request) throws IOException {
    if (socket == null) open();
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return answer();
    } catch (IOException broken) {
      close();
      throw broken;
    }
  }

  private void open() throws IOException {
    Socket plain = new Socket();
    plain.connect(address, PATIENCE_MILLIS);
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(plain, address.getHostString(), address.getPort(), true);
    secure.setSoTimeout(PATIENCE_MILLIS);
    secure.setTcpNoDelay(true);
    secure.startHandshake();
    socket = secure;
    in = new BufferedInputStream(secure.getInputStream());
    opened++;
  }

  private Answer answer() throws IOException {
    String status = line();
    while (status.startsWith("HTTP/1.1 100")) { // Go on; the answer comes after it.
      while (!line().isEmpty()) {} // It may have headers of its own.
      status = line();
    }
    if (!status.startsWith("HTTP/1.")) throw new IOException("no status line: " + status);
    int code = Integer.parseInt(status.substring(9, 12));
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    byte[] body = body(headers);
    if ("close".equalsIgnoreCase(headers.get("connection"))) close();
    return new Answer(code, headers, body);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return chunks();
    String length = headers.get("content-length");
    if (length == null) return new byte[0];
    return exactly(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().split(";")[0].strip(), 16);
      all.writeBytes(exactly(size));
      line();
      if (size == 0) return all.toByteArray();
      if (all.size() > MOST_BODY_BYTES) throw new IOException("an answer without end");
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) throw new EOFException("the answer ended in the middle");
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) throw new EOFException("the connection ended after " + line.size() + " bytes");
      if (each != '\r') line.write(each);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      if (socket != null) socket.close();
    } catch (IOException gone) {
      // It was broken already.
    }
    socket = null;
  }
}
