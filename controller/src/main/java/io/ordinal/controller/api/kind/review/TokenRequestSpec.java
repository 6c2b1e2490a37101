package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What the token is to say. */
public final class TokenRequestSpec {
  @JsonProperty public List<String> audiences;
  @JsonProperty public Long expirationSeconds;
  @JsonProperty public BoundObjectReference boundObjectRef;
}
