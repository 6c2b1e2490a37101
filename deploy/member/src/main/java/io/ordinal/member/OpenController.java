package io.ordinal.member;

import io.ordinal.controller.boot.Access;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.member.contact.ClusterClient;
import io.ordinal.member.contact.ControllerAddress;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.MemberTls;
import io.ordinal.member.pki.StoredAuthority;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a controller opens before its first actor system, and keeps through all of them.
 *
 * @param tls of connections between members; empty where they talk in the clear
 */
record OpenController(
    OpenStore store,
    Credentials credentials,
    StoredAuthority authority,
    Access access,
    Optional<MemberTls> tls) {
  private static final Logger LOG = LoggerFactory.getLogger(OpenController.class);
  private static final String CONTROLLERS = "/ordinal/v1/controllers";

  /** Records name a port always. */
  private static final int ANY_PORT = 1;

  private static final Duration BETWEEN_ASKS = Duration.ofSeconds(1);

  /**
   * Blocks. A controller that was one before needs no majority here: what it needs stands in its
   * own copy of the store. A founder and a newcomer wait until their store has a leader. A store
   * that answers late is asked again until the start's time is over.
   */
  static OpenController open(MemberSettings settings, InstantSource clock, SecureRandom chance) {
    Credentials own =
        Credentials.prepare(
            settings.directory().pki(), settings.certificates(), clock.instant(), chance);
    Optional<MemberTls> tls =
        settings.tls() ? Optional.of(new MemberTls(own, true)) : Optional.empty();
    OpenStore store =
        OpenStore.begin(settings.config(), settings.directory().store(), tls.map(MemberTls::store));
    try {
      StoredAuthority authority = authority(settings, store, own, clock, chance);
      Access access = ControllerAccess.of(settings, store, own, authority, clock);
      return new OpenController(store, own, authority, access, tls);
    } catch (RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  /** Where the other controllers' actor systems are, by this copy of the store. Blocks. */
  List<ControllerAddress> others() {
    return store
        .store()
        .read(Freshness.LOCAL, Controllers::in)
        .toCompletableFuture()
        .join()
        .stream()
        .filter(each -> !each.id().equals(store.group().self()))
        .map(each -> ControllerAddress.parse(each.seat().place(), ANY_PORT))
        .toList();
  }

  private static StoredAuthority authority(
      MemberSettings settings,
      OpenStore store,
      Credentials own,
      InstantSource clock,
      SecureRandom chance) {
    Instant until = clock.instant().plus(settings.startTimeout());
    Patience patience = new Patience(until, BETWEEN_ASKS, clock);
    Optional<StoredAuthority> copied =
        patience.answer(() -> StoredAuthority.local(store.store(), own, clock, chance));
    if (copied.isPresent()) return copied.get();
    awaitLeader(settings, store, own, until, clock);
    return patience.answer(() -> StoredAuthority.settle(store.store(), own, clock, chance));
  }

  private static void awaitLeader(
      MemberSettings settings,
      OpenStore store,
      Credentials own,
      Instant until,
      InstantSource clock) {
    KnownControllers known = new KnownControllers(settings.directory().controllers());
    ClusterClient client =
        new ClusterClient(known::apis, Tls.context(own::member, own.authority()));
    CompletableFuture<?> led = store.led().toCompletableFuture();
    try {
      while (!led.isDone()) {
        if (!isMember(store.group())) ask(client, store);
        await(led);
        if (!led.isDone() && clock.instant().isAfter(until)) {
          throw new IllegalStateException(
              "the store has no leader: a majority of the controllers must answer at a first start");
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", stopping);
    }
  }

  private static boolean isMember(StoreGroup group) {
    return group.members().stream().anyMatch(each -> each.id().equals(group.self()));
  }

  private static void ask(ClusterClient client, OpenStore store) throws InterruptedException {
    ObjectNode body = Json.object();
    body.put("id", store.group().self().toString());
    body.put("store", store.address());
    try {
      client.post(CONTROLLERS, body);
      LOG.info("this controller has a vote now");
    } catch (ClusterClient.Refused refused) {
      throw new IllegalStateException(
          "the cluster does not take this controller: " + refused.getMessage(), refused);
    } catch (IOException later) {
      LOG.warn("asking to become a controller is tried again: {}", later.getMessage());
    }
  }

  private static void await(CompletableFuture<?> led) throws InterruptedException {
    try {
      led.get(BETWEEN_ASKS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      LOG.debug("the store has no leader yet");
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the store could not start", failed.getCause());
    }
  }
}
