package io.ordinal.tests.hosts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Speaks to one Redis, one command at a time. */
final class RedisConnection implements AutoCloseable {
  static final int PORT = 6379;
  private static final int PATIENCE_MILLIS = 1000;
  private final Socket socket;
  private final InputStream in;

  RedisConnection(String address) throws IOException {
    socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, PORT), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The lines of the answer without what frames them; an error answer is thrown. */
  List<String> ask(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    List<String> answer = new ArrayList<>();
    read(answer);
    return answer;
  }

  private void read(List<String> answer) throws IOException {
    String head = line();
    String rest = head.substring(1);
    switch (head.charAt(0)) {
      case '+', ':' -> answer.add(rest);
      case '$' -> {
        if (!rest.equals("-1")) answer.add(line());
      }
      case '*' -> {
        for (int left = Integer.parseInt(rest); left > 0; left--) read(answer);
      }
      default -> throw new IOException("Redis answered " + head);
    }
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) throw new IOException("Redis closed the connection");
      if (each != '\r') text.append((char) each);
    }
    if (text.isEmpty()) throw new IOException("Redis answered an empty line");
    return text.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
