package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which namespace. */
public final class SelfSubjectRulesReviewSpec {
  @JsonProperty public String namespace;
}
