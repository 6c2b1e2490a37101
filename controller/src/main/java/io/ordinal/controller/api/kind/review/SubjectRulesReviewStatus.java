package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Rules that hold. */
public final class SubjectRulesReviewStatus {
  @JsonProperty public List<ResourceRule> resourceRules;
  @JsonProperty public List<NonResourceRule> nonResourceRules;
  @JsonProperty public boolean incomplete;
  @JsonProperty public String evaluationError;
}
