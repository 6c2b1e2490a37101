package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.BodyReader;
import io.ordinal.controller.api.http.Document;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.patch.JsonMergePatch;
import io.ordinal.controller.api.patch.JsonPatch;
import io.ordinal.controller.api.patch.PatchSchema;
import io.ordinal.controller.api.patch.Patched;
import io.ordinal.controller.api.patch.StrategicMergePatch;
import io.ordinal.controller.document.Piece;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch as it was sent: may be applied to any number of versions of the object. */
final class Patch {
  private enum Type {
    STRATEGIC,
    MERGE,
    JSON
  }

  private static final int MOST_SHOWN = 500;

  private final Type type;
  private final Document document;

  private Patch(Type type, Document document) {
    this.type = type;
    this.document = document;
  }

  static Patch read(Bodies.Body body) {
    Type type =
        switch (body.mediaType()) {
          case "application/strategic-merge-patch+json" -> Type.STRATEGIC;
          case "application/merge-patch+json" -> Type.MERGE;
          case "application/json-patch+json" -> Type.JSON;
          default -> throw Refusal.unsupportedMediaType("415: Unsupported Media Type");
        };
    return new Patch(type, BodyReader.json(body.bytes()));
  }

  /**
   * The result has fields that the kind does not have, or values of the wrong type.
   *
   * @param fault in the words of the check
   */
  StatusException misfit(String fault) {
    String text = document.tree().toString();
    String shown = text.length() <= MOST_SHOWN ? text : Piece.first(text, MOST_SHOWN) + "...";
    Cause cause =
        new Cause("FieldValueInvalid", "Invalid value: \"" + shown + "\": " + fault, "patch");
    return Refusal.invalid("", "", "", List.of(cause));
  }

  /** Fields that stand twice in the patch. A JSON patch is a list of operations and has none. */
  List<String> duplicates() {
    return type == Type.JSON ? List.of() : document.duplicates();
  }

  ObjectNode applyTo(ObjectNode live, ResourceKind kind) {
    JsonNode tree = document.tree();
    Patched patched =
        switch (type) {
          case STRATEGIC ->
              StrategicMergePatch.apply(live, map(tree), PatchSchema.of(kind.schema()));
          case MERGE -> JsonMergePatch.apply(live, tree);
          case JSON -> JsonPatch.apply(live, tree);
        };
    return patched.match(
        new Patched.Cases<>() {
          @Override
          public ObjectNode done(Patched.Done done) {
            return done.tree();
          }

          @Override
          public ObjectNode refused(Patched.Refused refused) {
            throw switch (refused.fault()) {
              case MALFORMED -> Refusal.badRequest(refused.message());
              case TOO_LARGE -> Refusal.tooLarge(refused.message());
              case UNPROCESSABLE -> Refusal.unprocessable();
            };
          }
        });
  }

  private static ObjectNode map(JsonNode tree) {
    if (tree instanceof ObjectNode map) return map;
    throw Refusal.badRequest(
        "json: cannot unmarshal "
            + tree.getNodeType()
            + " into Go value of type map[string]interface {}");
  }
}
