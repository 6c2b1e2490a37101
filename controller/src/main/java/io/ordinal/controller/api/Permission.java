package io.ordinal.controller.api;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.cluster.MemberNames;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may do what, until there are roles. Pure. */
final class Permission {
  private static final Set<String> OPEN_TO_ALL = Set.of("version", "healthz", "livez", "readyz");

  private Permission() {}

  /**
   * @param segments of the path
   * @throws StatusException 403 unless the path is open to all
   */
  static void requirePath(Identity identity, String method, String path, List<String> segments) {
    if (identity.isMaster()) return;
    if (!segments.isEmpty() && OPEN_TO_ALL.contains(segments.get(0))) return;
    String verb = method.toLowerCase(java.util.Locale.ROOT);
    throw Refusal.forbidden(
        Details.NONE,
        "forbidden: User \"" + identity.user() + "\" cannot " + verb + " path \"" + path + "\"");
  }

  /** A member that is nobody else may empty its own node only. */
  static Optional<String> onlyNode(Identity identity) {
    if (identity.isMaster() || !MemberNames.isMember(identity)) return Optional.empty();
    return Optional.of(MemberNames.member(identity));
  }

  /**
   * What a member needs to empty its own node before it stops. That a pod is one of its own is
   * checked where the pod is read.
   */
  private static boolean mayMember(Identity identity, String verb, ResourcePath path) {
    if (!MemberNames.isMember(identity)) return false;
    String what = path.kind().resource().value();
    boolean reads = verb.equals("get") || verb.equals("list");
    return switch (what) {
      case "pods" ->
          path.subresource().isEmpty()
              ? reads
              : path.subresource().equals("eviction") && verb.equals("create");
      case "nodes" ->
          path.subresource().isEmpty()
              && path.name().equals(MemberNames.member(identity))
              && (reads || verb.equals("patch"));
      default -> false;
    };
  }

  /**
   * @param verb as roles name it, such as list
   * @throws StatusException 403 in the words of Kubernetes
   */
  static void require(Identity identity, String verb, ResourcePath path) {
    if (identity.isMaster() || mayMember(identity, verb, path)) return;
    ResourceKind kind = path.kind();
    String resource =
        path.subresource().isEmpty() ? kind.plural() : kind.plural() + "/" + path.subresource();
    String named = path.name().isEmpty() ? "" : " \"" + path.name() + "\"";
    String where =
        path.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + path.namespace() + "\"";
    Details details = new Details(path.name(), kind.group(), kind.plural(), "", List.of(), 0);
    throw Refusal.forbidden(
        details,
        String.format(
            "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s",
            kind.resource(), named, identity.user(), verb, resource, kind.group(), where));
  }
}
