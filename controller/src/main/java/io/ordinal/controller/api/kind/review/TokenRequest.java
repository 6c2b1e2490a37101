package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Asks for a token of a service account. */
public final class TokenRequest {
  @JsonProperty public String apiVersion;
  @JsonProperty public String kind;
  @JsonProperty public ObjectMeta metadata;
  @JsonProperty public TokenRequestSpec spec;
  @JsonProperty public TokenRequestStatus status;
}
