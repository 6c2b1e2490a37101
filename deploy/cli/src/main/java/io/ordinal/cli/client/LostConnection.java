package io.ordinal.cli.client;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import javax.net.ssl.SSLException;

/** The server went away in the middle of an answer, or before it. */
public final class LostConnection extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the kernel says when one writes to a peer that is gone; the JDK has no class for it. */
  private static final Set<String> UNWRITABLE = Set.of("Broken pipe", "Connection reset by peer");

  private LostConnection(URI server) {
    super("the connection to " + server + " was lost");
  }

  /**
   * The same failure, in plain words where it is this one. What TLS refuses is not: a wrong port or
   * certificate stays wrong, though the peer hangs up over it.
   */
  static IOException told(URI server, IOException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLException) return failure;
      boolean lost =
          each instanceof EOFException
              || each instanceof SocketException
              || each instanceof ClosedChannelException
              || UNWRITABLE.contains(String.valueOf(each.getMessage()));
      if (lost) return new LostConnection(server);
    }
    return failure;
  }

  /** A body that tells so; whatever goes wrong once it has begun is this. */
  static InputStream telling(URI server, InputStream body) {
    return new FilterInputStream(body) {
      @Override
      public int read() throws IOException {
        try {
          return super.read();
        } catch (IOException broken) {
          throw new LostConnection(server);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return super.read(bytes, offset, length);
        } catch (IOException broken) {
          throw new LostConnection(server);
        }
      }
    };
  }
}
