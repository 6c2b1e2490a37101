package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether it is allowed. */
public final class SubjectAccessReviewStatus {
  @JsonProperty public boolean allowed;
  @JsonProperty public boolean denied;
  @JsonProperty public String reason;
  @JsonProperty public String evaluationError;
}
