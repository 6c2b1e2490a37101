package io.ordinal.member;

import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a cluster in this JVM: the store, the controller, the node agent. Also the API for
 * embedding. Never exits the JVM; several members with data directories of their own may live in
 * one.
 */
public final class Member implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);
  private final MemberSettings settings;
  private final OpenStore store;
  private final ActorSystem<Void> system;

  private Member(MemberSettings settings, OpenStore store, ActorSystem<Void> system) {
    this.settings = settings;
    this.store = store;
    this.system = system;
  }

  /**
   * Starts a member and returns when its API answers. Makes the data directory, the certificates
   * and the kubeconfig at the first start.
   *
   * @throws IllegalStateException when another member runs on the directory, or the start failed or
   *     took too long
   */
  public static Member start(MemberSettings settings) {
    settings.directory().prepare(new SecureRandom());
    settings.directory().claim();
    OpenStore store = null;
    ActorSystem<Void> system = null;
    try {
      CompletableFuture<Credentials> credentials =
          CompletableFuture.supplyAsync(() -> credentials(settings));
      store = OpenStore.open(settings.config(), settings.directory().store());
      CompletableFuture<Done> serving = new CompletableFuture<>();
      system = MemberGuardian.start(settings, store.store(), credentials.join(), serving);
      serving.get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("serving {}", settings.apiUrl());
      return new Member(settings, store, system);
    } catch (TimeoutException late) {
      stop(settings, system, store);
      throw new IllegalStateException(
          "the member did not serve within ordinal.member.start-timeout = "
              + settings.startTimeout(),
          late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop(settings, system, store);
      throw new IllegalStateException("interrupted while starting", e);
    } catch (Exception e) {
      stop(settings, system, store);
      throw new IllegalStateException("the member could not start", e);
    }
  }

  /** The settings that it runs with. */
  public MemberSettings settings() {
    return settings;
  }

  /** The store, for programs that embed a member. */
  public ObjectStore store() {
    return store.store();
  }

  /**
   * A coordinated shutdown: the API stops accepting, the agent stops, the cluster is left, the
   * store closes. Workloads go on running.
   */
  @Override
  public void close() {
    stop(settings, system, store);
  }

  private static void stop(MemberSettings settings, ActorSystem<Void> system, OpenStore store) {
    try {
      if (system != null) {
        CoordinatedShutdown.get(system)
            .runAll(CoordinatedShutdown.unknownReason())
            .toCompletableFuture()
            .get(settings.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("the actor system did not stop in order", e);
    } finally {
      if (store != null) store.close();
      settings.directory().release();
    }
  }

  private static Credentials credentials(MemberSettings settings) {
    Credentials credentials =
        Credentials.prepare(
            settings.directory().pki(),
            settings.certificateAddresses(),
            InstantSource.system().instant(),
            new SecureRandom());
    try {
      PrivateFiles.write(
          settings.directory().kubeconfig(), Kubeconfig.of(settings.apiUrl(), credentials));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + settings.directory().kubeconfig(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the administrator's certificate cannot be encoded", e);
    }
    return credentials;
  }
}
