package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who holds something for the moment; programs choose their leaders by it. */
final class LeaseKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(Columns.NAME, Columns.text("Holder", "Who has it."), Columns.AGE);

  /** Of coordinated elections, which are not served: dropped, as where they are switched off. */
  private static final List<String> COORDINATED = List.of("strategy", "preferredHolder");

  LeaseKind() {
    super(KindNames.namespaced("coordination.k8s.io/v1", "Lease", "leases"), Lease.class);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public boolean updatesNeedRevision() {
    return true;
  }

  @Override
  void addDefaults(ObjectNode lease) {
    ObjectNode spec = Tree.ensure(lease, "spec");
    spec.remove(COORDINATED);
    Times.toMicros(spec, "acquireTime");
    Times.toMicros(spec, "renewTime");
  }

  @Override
  public List<Cause> validateCreate(ApiObject lease) {
    Faults faults = new Faults();
    JsonNode duration = lease.spec().path("leaseDurationSeconds");
    if (duration.isNumber() && duration.asLong(0) <= 0) {
      faults.invalid("spec.leaseDurationSeconds", duration, "must be greater than 0");
    }
    JsonNode transitions = lease.spec().path("leaseTransitions");
    if (transitions.isNumber() && transitions.asLong(0) < 0) {
      faults.invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0");
    }
    return faults.found();
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject lease, Instant now) {
    return List.of(
        lease.name(), Tree.text(lease.spec(), "holderIdentity"), Durations.age(lease, now));
  }
}
