package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Something to do with a path. */
public final class NonResourceAttributes {
  @JsonProperty public String path;
  @JsonProperty public String verb;
}
