package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.SampleDocuments.draft;
import static io.ordinal.controller.store.SampleDocuments.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StoreQuotaTest {
  private static final Operation PUT =
      new Operation.Put(pod("a", "x"), draft("u", 1, "v"), Condition.ANY);
  private static final Operation CREATE =
      new Operation.PutIfAbsent(pod("a", "x"), draft("u", 1, "v"));
  private static final Operation DELETE = new Operation.Delete(pod("a", "x"), Condition.ANY);
  private static final Operation RENEW =
      new Operation.PutRecord(new RecordKey("lease", "1"), new byte[1], RecordCondition.ANY);

  private final StoreQuota quota =
      new StoreQuota(new StoreSettings.Quota(1000, 500, Duration.ofSeconds(1)));

  private boolean accepts(Operation... operations) {
    return quota.objection(Transaction.of(operations)).isEmpty();
  }

  @Test
  void within_the_quota_everything_is_accepted() {
    quota.measured(1000, 500);
    assertThat(accepts(PUT, CREATE, DELETE, RENEW)).isTrue();
  }

  @Test
  void a_full_database_takes_deletes_and_control_traffic_only() {
    quota.measured(1001, 500);
    assertThat(accepts(PUT)).isFalse();
    assertThat(accepts(DELETE, CREATE)).isFalse();
    assertThat(accepts(DELETE)).isTrue();
    assertThat(accepts(RENEW)).isTrue();
    assertThat(accepts(RENEW, PUT)).as("a replica moves on").isTrue();
    assertThat(quota.objection(Transaction.of(PUT)).orElseThrow())
        .hasMessageContaining("ordinal.store.quota.database (1000)");
    quota.measured(900, 500);
    assertThat(accepts(PUT)).as("room again").isTrue();
  }

  @Test
  void a_full_database_takes_no_new_pods_from_control_traffic_either() {
    quota.measured(1001, 500);
    Operation create = new Operation.Put(pod("a", "x"), draft("u", 1, "v"), Condition.ABSENT);
    Operation forget =
        new Operation.DeleteRecord(new RecordKey("replica", "1"), RecordCondition.ANY);
    ObjectKey node = new ObjectKey(new ResourceName("nodes"), "", "n");
    Operation register = new Operation.Put(node, draft("u", 1, "v"), Condition.ABSENT);
    assertThat(accepts(create, RENEW)).isFalse();
    assertThat(accepts(CREATE, RENEW)).isFalse();
    assertThat(accepts(DELETE, forget)).as("a replica ends").isTrue();
    assertThat(accepts(RENEW, register)).as("a node opens its session").isTrue();
  }

  @Test
  void a_full_disk_does_the_same() {
    quota.measured(0, 499);
    assertThat(accepts(PUT)).isFalse();
    assertThat(quota.objection(Transaction.of(PUT)).orElseThrow())
        .hasMessageContaining("ordinal.store.quota.free-disk (500)");
  }
}
