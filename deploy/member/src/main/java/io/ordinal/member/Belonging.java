package io.ordinal.member;

import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.member.contact.ClusterClient;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the cluster has this controller among its own. One that was removed while it was away
 * hears nothing of it: the others do not speak to it any more, so it asks.
 */
final class Belonging {
  private static final Logger LOG = LoggerFactory.getLogger(Belonging.class);
  private static final String CONTROLLERS = "/ordinal/v1/controllers";
  private static final int FORBIDDEN = 403;
  private final OpenStore store;
  private final KnownControllers told;
  private final ClusterClient client;

  Belonging(KnownControllers told, OpenStore store, Credentials own) {
    this.store = store;
    this.told = told;
    this.client = new ClusterClient(this::apis, Tls.following(own::member, own.authority()));
  }

  /** Whether it has a vote by its own copy, and hears of a leader. */
  boolean isSure() {
    StoreGroup group = store.group();
    return isMember(group) && group.leader().isPresent();
  }

  static boolean isMember(StoreGroup group) {
    return group.members().stream().anyMatch(each -> each.id().equals(group.self()));
  }

  /**
   * Asks for a vote, which changes nothing for one that has it. Blocks.
   *
   * @throws NoWayBack when the cluster does not take it
   */
  void ask() throws InterruptedException {
    ObjectNode body = Json.object();
    body.put("id", store.group().self().toString());
    body.put("group", store.group().id().toString());
    body.put("store", store.address());
    try {
      client.post(CONTROLLERS, body);
      LOG.info("this controller has a vote");
    } catch (ClusterClient.Refused refused) {
      if (refused.code() != FORBIDDEN) {
        LOG.warn("asking to become a controller is tried again: {}", refused.getMessage());
        return;
      }
      throw new NoWayBack(
          "the cluster does not take this controller: " + refused.getMessage() + NoWayBack.OUT,
          refused);
    } catch (IOException later) {
      LOG.warn("asking to become a controller is tried again: {}", later.getMessage());
    }
  }

  private List<URI> apis() {
    Set<URI> all = new LinkedHashSet<>(told.apis());
    store.store().read(Freshness.LOCAL, Controllers::in).toCompletableFuture().join().stream()
        .filter(each -> !each.id().equals(store.group().self()))
        .map(ControllerRecord::api)
        .map(URI::create)
        .forEach(all::add);
    return List.copyOf(all);
  }
}
