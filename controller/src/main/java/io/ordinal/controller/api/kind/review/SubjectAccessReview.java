package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Whether somebody may do something. */
public final class SubjectAccessReview {
  @JsonProperty public String apiVersion;
  @JsonProperty public String kind;
  @JsonProperty public ObjectMeta metadata;
  @JsonProperty public SubjectAccessReviewSpec spec;
  @JsonProperty public SubjectAccessReviewStatus status;
}
