package io.ordinal.member;

import io.ordinal.controller.document.Json;
import io.ordinal.member.contact.ClusterClient;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Renewal;
import io.ordinal.member.pki.Tls;
import io.ordinal.member.pki.Validity;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node that joined asks of the controllers from time to time: who they are, and a new
 * certificate before its own ends.
 */
final class NodeUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(NodeUpkeep.class);
  private static final String CONTROLLERS = "/ordinal/v1/controllers";
  private static final String CERTIFICATES = "/ordinal/v1/certificates";

  private final Credentials credentials;
  private final Validity validity;
  private final KnownControllers known;
  private final InstantSource clock;
  private final ClusterClient client;

  private NodeUpkeep(
      Credentials credentials, Validity validity, KnownControllers known, InstantSource clock) {
    this.credentials = credentials;
    this.validity = validity;
    this.known = known;
    this.clock = clock;
    this.client =
        new ClusterClient(known::apis, Tls.following(credentials::member, credentials.authority()));
  }

  static Upkeep start(
      MemberSettings settings,
      Credentials credentials,
      KnownControllers known,
      InstantSource clock) {
    NodeUpkeep node = new NodeUpkeep(credentials, settings.validity(), known, clock);
    return Upkeep.start(node::look, Duration.ZERO, settings.upkeep());
  }

  private void look() throws IOException, InterruptedException {
    if (known.learn(client.get(CONTROLLERS).path("controllers"))) {
      LOG.info("the controllers are {}", known.all());
    }
    if (credentials.isDue(validity, clock.instant())) renew();
  }

  private void renew() throws IOException, InterruptedException {
    Renewal renewal = Renewal.of(credentials, new SecureRandom());
    ObjectNode body = Json.object();
    body.put("request", renewal.request());
    renewal.finish(client.post(CERTIFICATES, body).required("certificate").asString());
    LOG.info("the certificate was renewed");
  }
}
