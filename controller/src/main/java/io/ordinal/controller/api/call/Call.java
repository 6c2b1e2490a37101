package io.ordinal.controller.api.call;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.kind.ResourceKind;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request for a resource, by somebody who may make it.
 *
 * @param gone tells when the client has hung up
 */
public record Call(
    HttpRequest http,
    ResourcePath path,
    Query query,
    Identity identity,
    Accept accept,
    HangUp gone) {
  /** The same about something else. */
  public Call at(ResourcePath other) {
    return new Call(http, other, query, identity, accept, gone);
  }

  /** The same, received otherwise. */
  public Call with(HttpRequest other) {
    return new Call(other, path, query, identity, accept, gone);
  }

  public ResourceKind kind() {
    return path.kind();
  }

  public Accept.Form form() {
    return accept.form();
  }
}
