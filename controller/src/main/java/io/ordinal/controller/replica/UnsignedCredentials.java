package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.View;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Those of another, but nothing is signed: a signature costs more than all else that is read. */
record UnsignedCredentials(PodCredentials signed) implements PodCredentials {
  @Override
  public Token token(View view, ApiObject pod, String audience, Duration life) {
    requireAccount(view, pod);
    return new Token("", life);
  }

  @Override
  public void requireAccount(View view, ApiObject pod) {
    signed.requireAccount(view, pod);
  }

  @Override
  public byte[] authority() {
    return signed.authority();
  }

  @Override
  public Optional<URI> api(View view, ApiObject pod) {
    return signed.api(view, pod);
  }
}
