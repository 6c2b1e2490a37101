package io.ordinal.controller.api.auth;

import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Tells who sent a request. Must not block; called for every request. */
@FunctionalInterface
public interface Authenticator {
  Identity of(HttpRequest request);
}
