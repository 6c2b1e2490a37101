package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Whose it is. */
public final class TokenReviewStatus {
  @JsonProperty public boolean authenticated;
  @JsonProperty public UserInfo user;
  @JsonProperty public List<String> audiences;
  @JsonProperty public String error;
}
