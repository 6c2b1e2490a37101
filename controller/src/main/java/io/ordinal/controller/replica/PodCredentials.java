package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.View;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes what pods prove themselves to the API by. Called on the store's threads. */
public interface PodCredentials {
  /**
   * A token.
   *
   * @param life from now
   */
  record Token(String text, Duration life) {
    /** Without the secret: it may get into a log. */
    @Override
    public String toString() {
      return "Token[life=" + life + "]";
    }
  }

  /**
   * A token of the pod's account, which is void without the pod.
   *
   * @param audience empty for the API
   * @throws io.ordinal.controller.node.Lives.OrderIncomplete when the account is missing
   */
  Token token(View view, ApiObject pod, String audience, Duration life);

  /**
   * @throws io.ordinal.controller.node.Lives.OrderIncomplete when the pod's account is missing
   */
  void requireAccount(View view, ApiObject pod);

  /** The same, but its tokens are empty: for who only asks whether there could be one. */
  default PodCredentials unsigned() {
    return new UnsignedCredentials(this);
  }

  /** The certificate of whom the API's own is signed by, as PEM. */
  byte[] authority();

  /** Where a pod reaches the API; empty when that is not known. */
  Optional<URI> api(View view, ApiObject pod);
}
