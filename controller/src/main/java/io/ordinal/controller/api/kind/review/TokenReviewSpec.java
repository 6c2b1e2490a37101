package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The token in question. */
public final class TokenReviewSpec {
  @JsonProperty public String token;
  @JsonProperty public List<String> audiences;
}
