package io.ordinal.controller.api.kind.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** A user. */
public final class UserInfo {
  @JsonProperty public String username;
  @JsonProperty public String uid;
  @JsonProperty public List<String> groups;
  @JsonProperty public Map<String, List<String>> extra;
}
