package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.drain.Drain;
import io.ordinal.cli.drain.DrainOptions;
import io.ordinal.cli.drain.HttpNodeApi;
import io.ordinal.cli.drain.NodeApi;
import io.ordinal.member.MemberSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** The node of a member, emptied before the member stops and opened again when it is back. */
final class OwnNode {
  private final MemberSettings settings;
  private final Consumer<String> progress;

  OwnNode(MemberSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** A member without the role has none. */
  boolean exists() {
    return settings.roles().contains(MemberSettings.Role.NODE);
  }

  /**
   * Moves away what can be moved.
   *
   * @throws IOException when that took too long; the node stays closed
   */
  void drain(Duration timeout) throws IOException, InterruptedException {
    NodeApi api = new HttpNodeApi(LocalCluster.ofMember(settings));
    new Drain(api, progress).run(settings.node().value(), DrainOptions.beforeStop(timeout), true);
  }

  /**
   * Tells the controllers that nothing of it runs any more; its member is stopped.
   *
   * @throws IOException when none serves
   */
  void stopped() throws IOException, InterruptedException {
    new StopNote(LocalCluster.withoutMember(settings), settings.node().value()).write();
  }

  /**
   * Undoes {@link #drain} and {@link #stopped}; a node that an administrator closed stays closed.
   */
  void reopen() throws IOException, InterruptedException {
    ApiClient client = LocalCluster.ofMember(settings);
    String node = settings.node().value();
    new StopNote(client, node).remove();
    NodeApi api = new HttpNodeApi(client);
    if (!api.closedByItself(node)) return;
    api.cordon(node, false, true);
    progress.accept("node/" + node + " uncordoned: it was closed for the stop of its member");
  }
}
