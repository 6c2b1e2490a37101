package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The token. */
public final class TokenRequestStatus {
  @JsonProperty public String token;
  @JsonProperty public String expirationTimestamp;
}
