package io.ordinal.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Runs a command in a container, with the streams of this process. */
public final class Exec {
  private static final int PIECE = 16 * 1024;

  private final ApiClient api;

  /** Of a terminal, in letters. */
  public record Size(int columns, int rows) {}

  public Exec(ApiClient api) {
    this.api = api;
  }

  /**
   * Ends with the process.
   *
   * @param path of the pod's exec, with its query
   * @param input what it reads
   * @param size of the terminal that it is given, asked when the line stands
   * @return its exit code
   * @throws IOException when it could not be run, or the connection broke
   */
  public int run(
      String path,
      Optional<InputStream> input,
      OutputStream out,
      OutputStream err,
      Optional<Supplier<Size>> size)
      throws IOException, InterruptedException {
    ExecSession session = new ExecSession(out, err);
    WebSocket socket = open(path, session);
    size.ifPresent(each -> socket.sendBinary(ExecSession.size(each.get()), true).join());
    input.ifPresent(each -> pump(each, socket, session));
    try {
      int code = session.exit().get();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      return code;
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause().getMessage(), failed.getCause());
    } finally {
      socket.abort();
    }
  }

  private WebSocket open(String path, ExecSession session) throws IOException {
    URI at = api.server().resolve(path);
    URI uri = URI.create("wss" + at.toString().substring("https".length()));
    try {
      return api.webSocket().subprotocols(ExecSession.PROTOCOL).buildAsync(uri, session).join();
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
        throw ApiClient.refusal(handshake.getResponse());
      }
      throw new IOException(refused.getCause().getMessage(), refused.getCause());
    }
  }

  /** A process that ends does not wait for our input: the thread goes with this JVM. */
  private static void pump(InputStream input, WebSocket socket, ExecSession session) {
    Thread reader =
        new Thread(
            () -> {
              byte[] piece = new byte[PIECE];
              try {
                for (int n = input.read(piece); n >= 0; n = input.read(piece)) {
                  socket.sendBinary(ExecSession.input(piece, n), true).join();
                }
                socket.sendBinary(ExecSession.endOfInput(), true).join();
              } catch (IOException | CompletionException gone) {
                session.exit().completeExceptionally(gone); // Nobody else tells of it.
              }
            },
            "exec-input");
    reader.setDaemon(true);
    reader.start();
  }
}
