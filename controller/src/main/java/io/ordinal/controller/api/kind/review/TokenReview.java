package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Whose token this is. */
public final class TokenReview {
  @JsonProperty public String apiVersion;
  @JsonProperty public String kind;
  @JsonProperty public ObjectMeta metadata;
  @JsonProperty public TokenReviewSpec spec;
  @JsonProperty public TokenReviewStatus status;
}
