package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Something to do with objects. */
public final class ResourceAttributes {
  @JsonProperty public String namespace;
  @JsonProperty public String verb;
  @JsonProperty public String group;
  @JsonProperty public String version;
  @JsonProperty public String resource;
  @JsonProperty public String subresource;
  @JsonProperty public String name;
}
