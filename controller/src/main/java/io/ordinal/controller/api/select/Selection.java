package io.ordinal.controller.api.select;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.kind.ResourceKind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which objects of a kind a list or watch is about, besides the namespace. */
public record Selection(LabelSelector labels, FieldSelector fields) {
  public static final Selection EVERYTHING =
      new Selection(LabelSelector.EVERYTHING, FieldSelector.EVERYTHING);

  public static Selection parse(ResourceKind kind, Query query) {
    return new Selection(
        query.get("labelSelector").map(LabelSelector::parse).orElse(LabelSelector.EVERYTHING),
        query
            .get("fieldSelector")
            .map(text -> FieldSelector.parse(kind, text))
            .orElse(FieldSelector.EVERYTHING));
  }

  public boolean isEverything() {
    return labels.isEverything() && fields.isEverything();
  }

  public boolean matches(ObjectNode object) {
    return labels.matches(object.path("metadata")) && fields.matches(object);
  }

  /** The one name that can match, if the field selector says so. */
  public Optional<String> name() {
    return fields.required("metadata.name").filter(name -> !name.isEmpty());
  }

  /** The one namespace that can match, if the field selector says so. */
  public Optional<String> namespace() {
    return fields.required("metadata.namespace").filter(name -> !name.isEmpty());
  }
}
