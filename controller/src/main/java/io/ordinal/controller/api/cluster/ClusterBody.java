package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.document.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what requests for the cluster carry. */
final class ClusterBody {
  private ClusterBody() {}

  /** Fails with 400 when it is no JSON object. */
  static CompletionStage<ObjectNode> of(Bodies bodies, ClusterCall call) {
    return bodies
        .collect(call.request())
        .thenApply(
            body -> {
              try {
                return Json.object(body.bytes());
              } catch (JacksonException | IllegalArgumentException wrong) {
                throw Refusal.badRequest("the body is no JSON object");
              }
            });
  }

  static X509Certificate certificate(String pem) {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException damaged) {
      throw new IllegalStateException("the authority's own certificate is damaged", damaged);
    }
  }
}
