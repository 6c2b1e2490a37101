package io.ordinal.controller.api.access;

import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.kind.ResourceKind;
import java.util.Locale;
import java.util.Set;

/** What requests want to do. Pure. */
public final class Actions {
  private static final Set<String> BY_SELECTOR = Set.of("list", "watch", "deletecollection");
  private static final String BY_NAME = "metadata.name=";

  private Actions() {}

  /**
   * @param verb as roles name it
   */
  public static Action.OnResource of(String verb, ResourcePath path, Query query) {
    ResourceKind kind = path.kind();
    String name = path.name();
    if (name.isEmpty() && BY_SELECTOR.contains(verb)) name = selected(query);
    boolean itself = kind.group().isEmpty() && kind.plural().equals("namespaces");
    String namespace = itself ? name : path.namespace(); // A namespace is in itself.
    return new Action.OnResource(
        verb, kind.group(), kind.plural(), path.subresource(), namespace, name);
  }

  /** The one object that a selector lets through, so that roles may name it. */
  private static String selected(Query query) {
    return query
        .get("fieldSelector")
        .filter(each -> each.startsWith(BY_NAME) && !each.contains(","))
        .map(each -> each.substring(BY_NAME.length()))
        .filter(each -> !each.startsWith("="))
        .orElse("");
  }

  /** Of a path that names no objects. */
  public static Action.OnPath of(String method, String path) {
    return new Action.OnPath(method.toLowerCase(Locale.ROOT), path);
  }
}
