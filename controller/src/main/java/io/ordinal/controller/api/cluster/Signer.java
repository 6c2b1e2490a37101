package io.ordinal.controller.api.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The cluster's certificate authority. */
public interface Signer {
  /**
   * Who a member's certificate is for.
   *
   * @param controller whether it may act as one towards other controllers
   * @param addresses under which others reach it
   */
  record Subject(String name, boolean controller, List<String> addresses) {}

  /**
   * Tells the key of a request from every other key, now and later.
   *
   * @param request PKCS #10, as PEM
   * @throws IllegalArgumentException when the request is damaged or its sender does not have the
   *     key
   */
  String keyOf(String request);

  /** The authority's own certificate, as PEM. */
  String authority();

  /**
   * Signs a certificate for the key of a request. What else the request says is not believed.
   *
   * @param request PKCS #10, as PEM
   * @return the certificate as PEM; fails with an {@code IllegalArgumentException} when the request
   *     is damaged or its sender does not have the key
   */
  CompletionStage<String> sign(String request, Subject subject);
}
