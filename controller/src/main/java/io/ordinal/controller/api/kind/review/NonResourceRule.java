package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Verbs allowed on paths. */
public final class NonResourceRule {
  @JsonProperty public List<String> verbs;
  @JsonProperty public List<String> nonResourceURLs;
}
