package io.ordinal.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as it goes over the line.
 *
 * @param target path and query
 * @param headers whole lines, besides Host and the length
 * @param chunked whether the body goes in pieces, without its length
 */
record Request(String method, String target, List<String> headers, byte[] body, boolean chunked) {
  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(text(method + " " + target + " HTTP/1.1\r\nHost: fuzz\r\n"));
    headers.forEach(each -> all.writeBytes(text(each + "\r\n")));
    if (chunked) {
      all.writeBytes(text("Transfer-Encoding: chunked\r\n\r\n"));
      int half = body.length / 2;
      piece(all, 0, half);
      piece(all, half, body.length);
      all.writeBytes(text("0\r\n\r\n"));
    } else {
      if (body.length > 0 || !method.equals("GET")) {
        all.writeBytes(text("Content-Length: " + body.length + "\r\n"));
      }
      all.writeBytes(text("\r\n"));
      all.writeBytes(body);
    }
    return all.toByteArray();
  }

  private void piece(ByteArrayOutputStream all, int from, int to) {
    if (from == to) return;
    all.writeBytes(text(Integer.toHexString(to - from) + "\r\n"));
    all.write(body, from, to - from);
    all.writeBytes(text("\r\n"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  boolean writes() {
    return !method.equals("GET");
  }

  @Override
  public String toString() {
    String shown = new String(body, StandardCharsets.UTF_8);
    return method
        + " "
        + cut(target, 300)
        + " "
        + cut(headers.toString(), 300)
        + (chunked ? " chunked " : " ")
        + cut(shown, 600);
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
