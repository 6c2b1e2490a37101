package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Verbs allowed on objects. */
public final class ResourceRule {
  @JsonProperty public List<String> verbs;
  @JsonProperty public List<String> apiGroups;
  @JsonProperty public List<String> resources;
  @JsonProperty public List<String> resourceNames;
}
