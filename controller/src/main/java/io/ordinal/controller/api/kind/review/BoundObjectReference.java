package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The object without which a token is void. */
public final class BoundObjectReference {
  @JsonProperty public String kind;
  @JsonProperty public String apiVersion;
  @JsonProperty public String name;
  @JsonProperty public String uid;
}
