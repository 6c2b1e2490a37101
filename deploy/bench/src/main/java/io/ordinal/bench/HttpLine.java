package io.ordinal.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One kept-alive connection to an API server, with as little work of its own as a client can have:
 * the machine that is measured is also the one that measures.
 */
final class HttpLine implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private int status;
  private boolean chunked;
  private long length;
  private int retryAfter;

  HttpLine(URI server, SSLContext tls) throws IOException {
    this(server, tls, 0);
  }

  /**
   * @param patienceMillis how long it waits for the connection and for each answer; 0 for ever
   */
  HttpLine(URI server, SSLContext tls, int patienceMillis) throws IOException {
    this(server, tls, patienceMillis, 1 << 16);
  }

  HttpLine(URI server, SSLContext tls, int patienceMillis, int buffer) throws IOException {
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(server.getHost(), server.getPort()), patienceMillis);
    this.socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
    socket.setSoTimeout(patienceMillis);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), buffer);
    this.out = socket.getOutputStream();
    this.host = server.getAuthority();
  }

  /**
   * An answer, whole.
   *
   * @param retryAfter seconds, or 0
   */
  record Answer(int status, byte[] body, int retryAfter) {}

  Answer get(String path) throws IOException {
    return ask("GET", path, NOTHING);
  }

  Answer ask(String method, String path, byte[] body) throws IOException {
    return ask("application/json", method, path, body);
  }

  Answer patch(String type, String path, byte[] body) throws IOException {
    return ask(type, "PATCH", path, body);
  }

  private Answer ask(String type, String method, String path, byte[] body) throws IOException {
    send(type, method, path, body);
    return new Answer(status, chunked ? chunks() : in.readNBytes((int) length), retryAfter);
  }

  /** Asks and leaves the body to {@link #nextLine}. */
  int open(String path) throws IOException {
    send("application/json", "GET", path, NOTHING);
    return status;
  }

  /** The next document of a watch, which comes as one chunk or several. */
  String nextLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      byte[] chunk = chunk();
      if (chunk.length == 0) throw new EOFException("the watch has ended");
      line.writeBytes(chunk);
      if (chunk[chunk.length - 1] == '\n') return line.toString(StandardCharsets.UTF_8);
    }
  }

  private void send(String type, String method, String path, byte[] body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream(512 + body.length);
    String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
    if (body.length > 0)
      head += "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n";
    request.writeBytes((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    out.write(request.toByteArray());
    out.flush();
    readHead();
  }

  private void readHead() throws IOException {
    String first = line();
    status = Integer.parseInt(first.substring(9, 12));
    length = 0;
    chunked = false;
    retryAfter = 0;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) length = Long.parseLong(lower.substring(15).trim());
      if (lower.startsWith("transfer-encoding: chunked")) chunked = true;
      if (lower.startsWith("retry-after:"))
        retryAfter = Integer.parseInt(lower.substring(12).trim());
    }
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new EOFException("the server has closed the connection");
      if (next != '\r') text.append((char) next);
    }
    return text.toString();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) body.writeBytes(chunk);
    return body.toByteArray();
  }

  private byte[] chunk() throws IOException {
    int size = Integer.parseInt(line().trim(), 16);
    byte[] chunk = in.readNBytes(size);
    line();
    return chunk;
  }

  /** Reads all that comes, and says whether the server ends it before nothing comes for so long. */
  boolean endsWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    byte[] some = new byte[1 << 16];
    try {
      while (in.read(some) >= 0) Thread.onSpinWait();
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  /** Bytes as they are, and no look at what comes of them. */
  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
