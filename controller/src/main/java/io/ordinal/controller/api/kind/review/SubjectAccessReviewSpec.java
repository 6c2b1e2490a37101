package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** Who would do what. */
public final class SubjectAccessReviewSpec {
  @JsonProperty public ResourceAttributes resourceAttributes;
  @JsonProperty public NonResourceAttributes nonResourceAttributes;
  @JsonProperty public String user;
  @JsonProperty public List<String> groups;
  @JsonProperty public Map<String, List<String>> extra;
  @JsonProperty public String uid;
}
