package io.ordinal.member;

import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.document.Json;
import io.ordinal.member.contact.ClusterClient;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A controller without its copy of the store, as after its disk was lost, gets another one from the
 * others. Under an identity of its own: the former one has voted, and must not forget what for. Its
 * vote is given back before there is another copy, which the others would take for that one.
 */
final class LostStore {
  private static final Logger LOG = LoggerFactory.getLogger(LostStore.class);
  private static final String CONTROLLERS = "/ordinal/v1/controllers";
  private static final int FORBIDDEN = 403;
  private static final long BETWEEN_ASKS_MILLIS = 1_000;
  private final String name;
  private final Path directory;
  private final KnownControllers known;
  private final Others others;
  private final InstantSource clock;

  /** Any of the others. */
  interface Others {
    /** Takes back the vote of the copy that was lost, and answers with the group. */
    ObjectNode lost() throws IOException, InterruptedException;
  }

  /**
   * @param directory of the store
   */
  LostStore(
      String name, Path directory, KnownControllers known, Others others, InstantSource clock) {
    this.name = name;
    this.directory = directory;
    this.known = known;
    this.others = others;
    this.clock = clock;
  }

  static LostStore of(MemberSettings settings, Credentials own, InstantSource clock) {
    KnownControllers known = new KnownControllers(settings.directory().controllers());
    ClusterClient client =
        new ClusterClient(known::apis, Tls.following(own::member, own.authority()));
    return new LostStore(
        settings.node().value(),
        settings.directory().store(),
        known,
        () -> client.post(CONTROLLERS, Json.object().put("lost", true)),
        clock);
  }

  /**
   * Prepares an empty directory to join the others' group. Blocks until one of them answers. Does
   * nothing where there is a store, and in a directory that founds a cluster.
   *
   * @param founds whether the authority's key is still here, and the cluster has yet to be made
   * @param until when at least one of the others must have answered
   * @throws NoWayBack when there is no store and nobody else to have it from, or the others do not
   *     take this controller any more
   * @throws RuntimeException when it cannot be told whether there is a store
   * @throws IllegalStateException when none of the others answers in the time of a start
   */
  void prepare(boolean founds, Instant until) {
    if (founds || OpenStore.isIn(directory)) return;
    if (known.all().stream().allMatch(each -> each.name().equals(name))) {
      throw new NoWayBack(
          "this controller has lost its store ("
              + directory
              + "), and knows no other one that has a copy: restore a backup",
          null);
    }
    LOG.warn("no store in {}: the others are asked for another copy", directory);
    UUID copy = OpenStore.joining(made(), group(until));
    LOG.info("joining the others with an empty copy, {}", copy);
  }

  private Path made() {
    try {
      PrivateFiles.directory(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("the store's directory cannot be made", e);
    }
  }

  private UUID group(Instant until) {
    try {
      Optional<UUID> told = asked(until);
      while (told.isEmpty()) {
        Thread.sleep(BETWEEN_ASKS_MILLIS);
        told = asked(until);
      }
      return told.get();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", stopping);
    }
  }

  /** Empty when it must be asked again. */
  private Optional<UUID> asked(Instant until) throws InterruptedException {
    try {
      return Optional.of(UUID.fromString(others.lost().required("group").asString()));
    } catch (IOException later) {
      if (later instanceof ClusterClient.Refused refused && refused.code() == FORBIDDEN) {
        throw new NoWayBack(
            "this controller has lost its store, and was removed from the cluster; it comes back"
                + " with an empty data directory, by joining anew",
            refused);
      }
      if (clock.instant().isAfter(until)) {
        throw new IllegalStateException(
            "this controller has lost its store, and no other one answers", later);
      }
      LOG.warn("asking for another copy of the store is tried again: {}", later.getMessage());
      return Optional.empty();
    }
  }
}
