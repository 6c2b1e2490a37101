package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.call.Answer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a backup of the store while it is made. One that was cut short is not whole: it says so
 * itself.
 */
final class BackupHandler {
  private static final Logger LOG = LoggerFactory.getLogger(BackupHandler.class);
  private static final int PIECE_BYTES = 64 << 10;
  private final ClusterParts.Backup backup;

  BackupHandler(ClusterParts parts) {
    this.backup = parts.backup();
  }

  CompletionStage<HttpResponse> send(ClusterCall call) {
    call.require("GET");
    call.requireAdministrator(); // The authority's key is in it.
    return CompletableFuture.completedStage(
        Answer.streamed(
            ContentTypes.APPLICATION_OCTET_STREAM,
            StreamConverters.asOutputStream().mapMaterializedValue(this::write)));
  }

  /** What packs it writes half a kilobyte at a time, and each write is waited for. */
  private CompletionStage<Void> write(OutputStream sent) {
    OutputStream out = new BufferedOutputStream(sent, PIECE_BYTES);
    return backup
        .write(out)
        .handle(
            (written, failure) -> {
              if (failure != null) LOG.warn("a backup was not finished", failure);
              close(out);
              return null;
            });
  }

  private static void close(OutputStream out) {
    try {
      out.close();
    } catch (IOException gone) {
      throw new UncheckedIOException("the client of a backup is gone", gone);
    }
  }
}
