package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/**
 * The client's side of {@code v5.channel.k8s.io}: each message begins with the number of the stream
 * that it belongs to.
 */
final class ExecSession implements WebSocket.Listener {
  static final String PROTOCOL = "v5.channel.k8s.io";
  private static final byte STDIN = 0;
  private static final byte STDOUT = 1;
  private static final byte STDERR = 2;
  private static final byte ERROR = 3;
  private static final byte RESIZE = 4;
  private static final byte CLOSE = (byte) 255;

  private final OutputStream out;
  private final OutputStream err;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private int channel = -1;

  ExecSession(OutputStream out, OutputStream err) {
    this.out = out;
    this.err = err;
  }

  /** The exit code of the process; fails when the server does not tell one. */
  CompletableFuture<Integer> exit() {
    return exit;
  }

  static ByteBuffer input(byte[] bytes, int length) {
    return ByteBuffer.allocate(length + 1).put(STDIN).put(bytes, 0, length).flip();
  }

  static ByteBuffer endOfInput() {
    return ByteBuffer.wrap(new byte[] {CLOSE, STDIN});
  }

  static ByteBuffer size(Exec.Size size) {
    byte[] json =
        ("{\"Width\":" + size.columns() + ",\"Height\":" + size.rows() + "}")
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(json.length + 1).put(RESIZE).put(json).flip();
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (channel < 0 && data.hasRemaining()) channel = data.get();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    try {
      take(bytes);
    } catch (IOException unwritable) {
      exit.completeExceptionally(unwritable);
    }
    if (last) channel = -1;
    socket.request(1);
    return null;
  }

  private void take(byte[] bytes) throws IOException {
    if (channel == ERROR) {
      ended(bytes);
    } else if (channel == STDOUT || channel == STDERR) {
      OutputStream stream = channel == STDOUT ? out : err;
      stream.write(bytes);
      stream.flush();
    }
  }

  private void ended(byte[] status) {
    JsonNode tree = Json.tree(status);
    if (tree.path("status").asString("").equals("Success")) {
      exit.complete(0);
      return;
    }
    for (JsonNode cause : tree.path("details").path("causes")) {
      if (cause.path("reason").asString("").equals("ExitCode")) {
        exit.complete(Integer.parseInt(cause.path("message").asString("1")));
        return;
      }
    }
    exit.completeExceptionally(new IOException(tree.path("message").asString("it failed")));
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    String why = reason.isEmpty() ? "code " + code : reason;
    exit.completeExceptionally(new IOException("the connection ended before the process: " + why));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    exit.completeExceptionally(failure);
  }
}
