package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who the sender is. */
public final class SelfSubjectReviewStatus {
  @JsonProperty public UserInfo userInfo;
}
