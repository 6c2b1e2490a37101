package io.ordinal.member;

import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** The file with which kubectl reaches the cluster as its administrator. */
final class Kubeconfig {
  private Kubeconfig() {}

  static String of(String server, Credentials credentials) throws GeneralSecurityException {
    return """
        apiVersion: v1
        kind: Config
        current-context: ordinal
        clusters:
          - name: ordinal
            cluster:
              server: %s
              certificate-authority-data: %s
        users:
          - name: ordinal-admin
            user:
              client-certificate-data: %s
              client-key-data: %s
        contexts:
          - name: ordinal
            context:
              cluster: ordinal
              user: ordinal-admin
              namespace: default
        """
        .formatted(
            server,
            base64(Pem.of(credentials.authority())),
            base64(Pem.of(credentials.admin().certificate())),
            base64(Pem.of(credentials.admin().key())));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
