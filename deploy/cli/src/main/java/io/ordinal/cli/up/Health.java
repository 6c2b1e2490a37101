package io.ordinal.cli.up;

import com.typesafe.config.Config;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a member's health checks say, for members of any role. */
public final class Health {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PAUSE_MILLIS = 100;
  private final DataDirectory directory;
  private final URI ready;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  public Health(DataDirectory directory) {
    this.directory = directory;
    Config member =
        MemberSettings.load(directory.configuration()).config().getConfig("ordinal.member");
    this.ready =
        URI.create(
            "http://%s:%d/ready"
                .formatted(member.getString("address"), member.getInt("management-port")));
  }

  /**
   * Waits until the member says that it is ready.
   *
   * @throws IOException when it ended instead, or the time is over
   */
  public void await(ProcessHandle member, Duration most) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!isReady()) {
      if (!member.isAlive()) {
        throw new IOException("the member ended; see " + directory.log() + " and member.out there");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the member is not ready after " + most.toSeconds() + " s; see " + directory.log());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Whether it says so now. */
  public boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(PATIENCE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
