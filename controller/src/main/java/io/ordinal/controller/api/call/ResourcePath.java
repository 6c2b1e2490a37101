package io.ordinal.controller.api.call;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.store.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a path names.
 *
 * @param namespace empty for all, and for kinds of the whole cluster
 * @param name empty for the collection
 * @param subresource such as scale, or empty
 * @param watch whether it is a legacy path that asks to watch
 */
public record ResourcePath(
    ResourceKind kind, String namespace, String name, String subresource, boolean watch) {
  private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

  /**
   * Reads {@code /api/v1/...} and {@code /apis/GROUP/VERSION/...}.
   *
   * @return nothing when group and version are not served at all
   * @throws StatusException 404 when they are, but not this resource
   */
  public static Optional<ResourcePath> parse(KindRegistry kinds, List<String> segments) {
    boolean core = segments.get(0).equals("api");
    int head = core ? 2 : 3;
    if (segments.size() <= head) return Optional.empty();
    String group = core ? "" : segments.get(1);
    String version = segments.get(head - 1);
    if (!kinds.serves(group, version)) return Optional.empty();
    List<String> rest = segments.subList(head, segments.size());
    boolean watch = rest.get(0).equals("watch") && rest.size() > 1;
    if (watch) rest = rest.subList(1, rest.size());
    String namespace = "";
    if (isInNamespace(rest)) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 3) throw Refusal.unknownResource();
    ResourceKind kind =
        kinds.find(group, version, rest.get(0)).orElseThrow(Refusal::unknownResource);
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    boolean placed =
        kind.namespaced() ? !namespace.isEmpty() || name.isEmpty() : namespace.isEmpty();
    if (!placed) throw Refusal.unknownResource();
    return Optional.of(new ResourcePath(kind, namespace, name, subresource, watch));
  }

  private static boolean isInNamespace(List<String> rest) {
    if (!rest.get(0).equals("namespaces") || rest.size() < 3) return false;
    return rest.size() > 3 || !OF_NAMESPACES.contains(rest.get(2));
  }

  public ObjectKey key() {
    return new ObjectKey(kind.resource(), namespace, name);
  }

  /** The same collection, with a name. */
  public ObjectKey key(String other) {
    return new ObjectKey(kind.resource(), namespace, other);
  }

  /** The path of an object of this collection. */
  public ResourcePath of(String itsNamespace, String itsName) {
    return new ResourcePath(kind, itsNamespace, itsName, "", false);
  }

  public boolean isCollection() {
    return name.isEmpty();
  }
}
