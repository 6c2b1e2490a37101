package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A user that is a program. */
final class ServiceAccountKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(Columns.NAME, Columns.number("Secrets", "How many secrets it names."), Columns.AGE);

  ServiceAccountKind() {
    super(
        KindNames.namespaced("v1", "ServiceAccount", "serviceaccounts", "sa"),
        ServiceAccount.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(
        new Subresource("token", "authentication.k8s.io", "v1", "TokenRequest", Set.of("create")));
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject account, Instant now) {
    int secrets = account.tree().path("secrets").size();
    return List.of(account.name(), secrets, Durations.age(account, now));
  }
}
