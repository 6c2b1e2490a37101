package io.ordinal.member;

import io.ordinal.controller.document.Json;
import io.ordinal.member.contact.ClusterClient;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Renewal;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a member that joined asks of the controllers from time to time: who they are, and a new
 * certificate before its own ends. A failure is tried again at the next turn.
 */
final class NodeUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeUpkeep.class);
  private static final String CONTROLLERS = "/ordinal/v1/controllers";
  private static final String CERTIFICATES = "/ordinal/v1/certificates";

  private final Credentials credentials;
  private final KnownControllers known;
  private final InstantSource clock;
  private final ClusterClient client;
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "member-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  private NodeUpkeep(Credentials credentials, KnownControllers known, InstantSource clock) {
    this.credentials = credentials;
    this.known = known;
    this.clock = clock;
    this.client =
        new ClusterClient(known::apis, Tls.context(credentials::member, credentials.authority()));
  }

  static NodeUpkeep start(
      MemberSettings settings,
      Credentials credentials,
      KnownControllers known,
      InstantSource clock) {
    NodeUpkeep upkeep = new NodeUpkeep(credentials, known, clock);
    Duration every = settings.upkeep();
    upkeep.turns.scheduleWithFixedDelay(upkeep::turn, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    return upkeep;
  }

  private void turn() {
    try {
      if (known.learn(client.get(CONTROLLERS).path("controllers"))) {
        LOG.info("the controllers are {}", known.all());
      }
      if (credentials.isDue(clock.instant())) renew();
    } catch (IOException | RuntimeException later) {
      LOG.warn("asking the controllers failed, which is tried again: {}", later.getMessage());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() throws IOException, InterruptedException {
    Renewal renewal = Renewal.of(credentials, new SecureRandom());
    ObjectNode body = Json.object();
    body.put("request", renewal.request());
    renewal.finish(client.post(CERTIFICATES, body).required("certificate").asString());
    LOG.info("the certificate was renewed");
  }

  @Override
  public void close() {
    turns.shutdownNow();
  }
}
