package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the sender would do. */
public final class SelfSubjectAccessReviewSpec {
  @JsonProperty public ResourceAttributes resourceAttributes;
  @JsonProperty public NonResourceAttributes nonResourceAttributes;
}
