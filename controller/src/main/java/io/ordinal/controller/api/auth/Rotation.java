package io.ordinal.controller.api.auth;

import java.time.Instant;
import java.util.Optional;

/**
 * What is to be made anew of that by which tokens are known.
 *
 * @param signingKey until when tokens of the present key are believed, if there is to be another
 * @param adminToken whether there is to be another token of the administrator's; the present one is
 *     void then
 */
public record Rotation(Optional<Instant> signingKey, boolean adminToken) {
  public Rotation {
    if (signingKey.isEmpty() && !adminToken) {
      throw new IllegalArgumentException("expected signingKey, adminToken or both, found neither");
    }
  }
}
