package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** All that the sender may do in a namespace. */
public final class SelfSubjectRulesReview {
  @JsonProperty public String apiVersion;
  @JsonProperty public String kind;
  @JsonProperty public ObjectMeta metadata;
  @JsonProperty public SelfSubjectRulesReviewSpec spec;
  @JsonProperty public SubjectRulesReviewStatus status;
}
