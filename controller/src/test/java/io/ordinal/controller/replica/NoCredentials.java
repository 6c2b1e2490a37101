package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.View;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where nobody signs anything. */
public final class NoCredentials implements PodCredentials {
  @Override
  public Token token(View view, ApiObject pod, String audience, Duration life) {
    return new Token("", life);
  }

  @Override
  public void requireAccount(View view, ApiObject pod) {}

  @Override
  public byte[] authority() {
    return new byte[0];
  }

  @Override
  public Optional<URI> api(View view, ApiObject pod) {
    return Optional.empty();
  }
}
