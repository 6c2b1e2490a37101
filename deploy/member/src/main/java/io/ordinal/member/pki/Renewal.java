package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.TokenText;
import java.security.SecureRandom;

/** A new key and certificate for a member that has one. */
public final class Renewal {
  private final Credentials credentials;
  private final Application application;

  private Renewal(Credentials credentials, Application application) {
    this.credentials = credentials;
    this.application = application;
  }

  public static Renewal of(Credentials credentials, SecureRandom random) {
    String authority = TokenText.hashOf(credentials.authority());
    return new Renewal(credentials, Application.fresh(authority, random));
  }

  /** The certificate request, as PEM. */
  public String request() {
    return application.request();
  }

  /** Keeps and shows the certificate from now on; the old one goes. */
  public void finish(String certificate) {
    credentials.replaceMember(application.identity(certificate));
  }
}
