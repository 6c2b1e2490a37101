package io.ordinal.member;

import io.ordinal.controller.boot.Access;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.replica.ShardCount;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoreMoved;
import io.ordinal.member.contact.ControllerAddress;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.MemberTls;
import io.ordinal.member.pki.StoredAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    LostStore.of(settings, own, clock)
        .prepare(own.foundsCluster(), clock.instant().plus(settings.startTimeout()));
    OpenStore store = store(settings, tls);
    try {
      StoredAuthority authority = authority(settings, store, own, clock, chance);
      requireAgreed(settings, store, clock);
      Access access = ControllerAccess.of(settings, store, own, authority);
      return new OpenController(store, own, authority, access, tls);
    } catch (RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  private static OpenStore store(MemberSettings settings, Optional<MemberTls> tls) {
    try {
      PrivateFiles.directory(settings.directory().store());
      return OpenStore.begin(
          settings.config(), settings.directory().store(), tls.map(MemberTls::store));
    } catch (IOException e) {
      throw new UncheckedIOException("the store's directory cannot be made", e);
    } catch (StoreMoved moved) {
      throw new NoWayBack("this controller cannot begin where it is", moved);
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

  /** By its own copy of the store, which has come this far with a leader or was there before. */
  private static void requireAgreed(MemberSettings settings, OpenStore store, InstantSource clock) {
    Patience patience =
        new Patience(clock.instant().plus(settings.startTimeout()), BETWEEN_ASKS, clock);
    int shards = settings.config().getInt("ordinal.replica.shards");
    Optional<String> wrong = patience.answer(new ShardCount(store.store(), shards)::objection);
    if (wrong.isPresent()) throw new NoWayBack(wrong.get(), null);
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
        patience.answer(
            () -> StoredAuthority.local(store.store(), own, settings.validity(), clock, chance));
    if (copied.isPresent()) return copied.get();
    awaitLeader(settings, store, own, until, clock);
    return patience.answer(
        () ->
            StoredAuthority.settle(
                store.store(),
                own,
                OwnRecord.founder(settings, clock),
                settings.validity(),
                clock,
                chance));
  }

  private static void awaitLeader(
      MemberSettings settings,
      OpenStore store,
      Credentials own,
      Instant until,
      InstantSource clock) {
    Belonging belonging =
        new Belonging(new KnownControllers(settings.directory().controllers()), store, own);
    CompletableFuture<?> led = store.led().toCompletableFuture();
    try {
      while (!led.isDone()) {
        if (!Belonging.isMember(store.group())) belonging.ask();
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

  private static void await(CompletableFuture<?> led) throws InterruptedException {
    try {
      led.get(BETWEEN_ASKS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      return; // It is looked at again.
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the store could not start", failed.getCause());
    }
  }
}
