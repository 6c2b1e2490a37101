package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request for the cluster.
 *
 * @param name what stands after the collection in the path; may be empty
 */
record ClusterCall(HttpRequest request, Identity identity, String method, String name) {

  void require(String expected) {
    if (!method.equals(expected)) throw Refusal.methodNotAllowed();
  }

  void requireAdministrator() {
    if (!identity.isMaster()) throw refused("only administrators may");
  }

  void requireMember() {
    if (!MemberNames.isMember(identity)) throw refused("only members may");
  }

  void requireController() {
    if (!MemberNames.isController(identity)) throw refused("only controllers may");
  }

  private RuntimeException refused(String rule) {
    String path = request.getUri().getPathString();
    return Refusal.forbidden(
        Details.NONE,
        "forbidden: User \"%s\" cannot %s path \"%s\": %s"
            .formatted(identity.user(), method.toLowerCase(java.util.Locale.ROOT), path, rule));
  }
}
