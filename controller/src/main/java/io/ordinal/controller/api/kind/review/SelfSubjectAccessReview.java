package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Whether the sender may do something. */
public final class SelfSubjectAccessReview {
  @JsonProperty public String apiVersion;
  @JsonProperty public String kind;
  @JsonProperty public ObjectMeta metadata;
  @JsonProperty public SelfSubjectAccessReviewSpec spec;
  @JsonProperty public SubjectAccessReviewStatus status;
}
