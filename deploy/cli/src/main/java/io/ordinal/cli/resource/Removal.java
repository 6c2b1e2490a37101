package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An object that was asked to go. */
public final class Removal {
  private static final long LOOK_AGAIN_SECONDS = 30;

  private final ApiClient api;
  private final String path;
  private final String uid;

  private Removal(ApiClient api, String path, String uid) {
    this.api = api;
    this.path = path;
    this.uid = uid;
  }

  /**
   * @param options of kind DeleteOptions
   * @throws io.ordinal.cli.client.ApiFailure when the server refuses
   */
  public static Removal begin(ApiClient api, String path, ObjectNode options)
      throws IOException, InterruptedException {
    ObjectNode answer = api.delete(path, options);
    String fromStatus = answer.path("details").path("uid").asString("");
    return new Removal(api, path, answer.path("metadata").path("uid").asString(fromStatus));
  }

  /**
   * Waits until it is gone, or another has its name.
   *
   * @param timeout zero for ever
   * @throws IOException when it is still there then
   */
  public void await(Duration timeout) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (Optional<ObjectNode> found = api.get(path); stands(found); found = api.get(path)) {
      long left = LOOK_AGAIN_SECONDS;
      if (!timeout.isZero()) {
        left = Math.min(left, timeout.minusNanos(System.nanoTime() - begin).toSeconds());
      }
      if (left <= 0) throw new IOException("timed out waiting for " + path + " to go");
      follow(found.orElseThrow(), left);
    }
  }

  private boolean stands(Optional<ObjectNode> found) {
    return found.isPresent() && found.get().path("metadata").path("uid").asString("").equals(uid);
  }

  private void follow(ObjectNode found, long seconds) throws IOException, InterruptedException {
    int slash = path.lastIndexOf('/');
    String name = "metadata.name=" + path.substring(slash + 1);
    String watch =
        path.substring(0, slash)
            + "?watch=1&timeoutSeconds="
            + seconds
            + "&fieldSelector="
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "&resourceVersion="
            + found.path("metadata").path("resourceVersion").asString("");
    Watching.each(
        api,
        watch,
        "application/json",
        event -> !event.path("type").asString("").equals("DELETED"));
  }
}
