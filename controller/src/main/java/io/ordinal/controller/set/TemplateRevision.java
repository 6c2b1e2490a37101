package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import tools.jackson.databind.node.ObjectNode;

/** A ControllerRevision of a set. */
record TemplateRevision(ApiObject document) {
  /** Oldest first. */
  static final Comparator<TemplateRevision> BY_AGE =
      Comparator.comparingLong(TemplateRevision::number)
          .thenComparing(each -> each.document().creationTimestamp().orElse(Instant.EPOCH))
          .thenComparing(TemplateRevision::name);

  String name() {
    return document.name();
  }

  long number() {
    return document.tree().path("revision").asLong(0);
  }

  ObjectNode template() {
    return TemplateData.template(document.tree().path("data"));
  }

  ObjectKey key() {
    return new ObjectKey(SetNames.REVISIONS, document.namespace(), document.name());
  }

  boolean ownedBy(ApiObject set) {
    return document.controller().map(ApiObject.Owner::uid).filter(set.uid()::equals).isPresent();
  }

  /** Of an earlier set of this name; that one is gone, and this will be. */
  boolean leftBy(ApiObject set) {
    return document
        .controller()
        .filter(each -> each.kind().equals(SetNames.KIND) && each.name().equals(set.name()))
        .filter(each -> !each.uid().equals(set.uid()))
        .isPresent();
  }
}
