package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.api.http.StatusException;
import java.util.List;

/** Says that somebody may not, in the words of Kubernetes. Pure. */
final class Denial {
  private Denial() {}

  static StatusException of(Identity identity, Action action) {
    return action.match(
        new Action.Cases<>() {
          @Override
          public StatusException onResource(Action.OnResource wanted) {
            return ofResource(identity, wanted);
          }

          @Override
          public StatusException onPath(Action.OnPath wanted) {
            return Refusal.forbidden(
                Details.NONE,
                "forbidden: User \"%s\" cannot %s path \"%s\""
                    .formatted(identity.user(), wanted.verb(), wanted.path()));
          }
        });
  }

  private static StatusException ofResource(Identity identity, Action.OnResource wanted) {
    String qualified =
        wanted.group().isEmpty() ? wanted.resource() : wanted.resource() + "." + wanted.group();
    String named = wanted.name().isEmpty() ? "" : " \"" + wanted.name() + "\"";
    String where =
        wanted.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + wanted.namespace() + "\"";
    Details details =
        new Details(wanted.name(), wanted.group(), wanted.resource(), "", List.of(), 0);
    return Refusal.forbidden(
        details,
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                qualified,
                named,
                identity.user(),
                wanted.verb(),
                wanted.whole(),
                wanted.group(),
                where));
  }
}
