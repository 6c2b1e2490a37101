package io.ordinal.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RefusalTextTest {
  private static final String RAW =
      "Invalid value: \"{\"metadata\":{\"annotations\":{\"x\":\"json: y\"}}}\": ";

  @Test
  void one_cause_stands_in_the_line_and_several_below_it() {
    ObjectNode status = invalid("StatefulSet", "x");
    assertThat(RefusalText.of(422, status)).isEqualTo("The StatefulSet \"x\" is invalid");
    cause(status, "spec.replicas", "Invalid value: -1: must be 0 or more");
    assertThat(RefusalText.of(422, status))
        .isEqualTo(
            "The StatefulSet \"x\" is invalid: spec.replicas: Invalid value: -1: must be 0 or more");
    cause(status, "spec.replicas", "Invalid value: -1: must be 0 or more");
    cause(status, "spec.selector", "Required value");
    assertThat(RefusalText.of(422, status))
        .isEqualTo(
            """
            The StatefulSet "x" is invalid:\s
            * spec.replicas: Invalid value: -1: must be 0 or more
            * spec.selector: Required value""");
  }

  @Test
  void a_faulty_patch_is_told_by_its_field_and_not_by_its_text() {
    ObjectNode wrongType = invalid("", "");
    String type =
        "json: cannot unmarshal string into Go struct field SetSpec.spec.replicas of type";
    cause(wrongType, "patch", RAW + type + " int32");
    assertThat(ApiFailure.of(422, wrongType).about("StatefulSet", "x"))
        .hasMessage(
            "The StatefulSet \"x\" is invalid: spec.replicas: expected int32, found string");
    ObjectNode unknown = invalid("", "");
    String fields = "strict decoding error: unknown field \"spec.a\", duplicate field \"spec.b\"";
    cause(unknown, "patch", RAW + fields);
    assertThat(ApiFailure.of(422, unknown).about("StatefulSet", "x").getMessage())
        .endsWith("is invalid: \n* spec.a: unknown field\n* spec.b: duplicate field");
  }

  @Test
  void other_refusals_keep_their_reason() {
    ObjectNode status = Json.object().put("message", "no").put("reason", "Forbidden");
    assertThat(RefusalText.of(403, status)).isEqualTo("Error from server (Forbidden): no");
    assertThat(RefusalText.of(502, Json.object())).isEqualTo("Error from server: HTTP status 502");
    assertThat(RefusalText.of(401, Json.object().put("message", "Unauthorized")))
        .isEqualTo("error: You must be logged in to the server (Unauthorized)");
  }

  private static ObjectNode invalid(String kind, String name) {
    ObjectNode status = Json.object().put("reason", "Invalid").put("message", "whole");
    status.putObject("details").put("kind", kind).put("name", name);
    return status;
  }

  private static void cause(ObjectNode status, String field, String message) {
    status
        .withObjectProperty("details")
        .withArrayProperty("causes")
        .addObject()
        .put("field", field)
        .put("message", message);
  }
}
