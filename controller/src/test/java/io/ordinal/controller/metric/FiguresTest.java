package io.ordinal.controller.metric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final UUID SELF = new UUID(0, 1);

  /** A group that does nothing but lead. */
  private static final class LeadingGroup implements StoreGroup {
    @Override
    public UUID id() {
      return SELF;
    }

    @Override
    public UUID self() {
      return SELF;
    }

    @Override
    public List<Member> members() {
      return List.of(new Member(SELF, "a:1"), new Member(new UUID(0, 2), "b:1"));
    }

    @Override
    public Optional<UUID> leader() {
      return Optional.of(SELF);
    }

    @Override
    public Duration age() {
      return Duration.ofMillis(1500);
    }

    @Override
    public CompletionStage<Void> add(Member member) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> remove(UUID member) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> stepDown() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Digest> digest() {
      return CompletableFuture.completedStage(new Digest(0, 0, ""));
    }
  }

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void it_counts_what_the_copy_holds_when_it_is_asked() {
    put("pods", "web-0", "'status':{'conditions':[{'type':'Ready','status':'True'}]}");
    put("pods", "web-1", "'status':{'phase':'Pending'}");
    put("statefulsets.apps", "web", "'spec':{'replicas':3},'status':{'readyReplicas':1}");
    try (Figures figures = new Figures(store, new LeadingGroup(), () -> 3)) {
      assertThat(text(figures))
          .contains("ordinal_pods{state=\"ready\"} 1.0")
          .contains("ordinal_pods{state=\"pending\"} 1.0")
          .contains("ordinal_set_replicas_wanted{name=\"web\",namespace=\"default\"} 3.0")
          .contains("ordinal_set_replicas_ready{name=\"web\",namespace=\"default\"} 1.0")
          .contains("ordinal_store_revision 3.0")
          .contains("ordinal_store_members 2.0")
          .contains("ordinal_store_leader 1.0", "ordinal_agents_refused_total 3.0")
          .contains("ordinal_store_age_seconds 1.5")
          .contains("jvm_memory_used_bytes");
      put("pods", "web-1", "'status':{'phase':'Running'}");
      assertThat(text(figures)).contains("state=\"running\"").doesNotContain("state=\"pending\"");
    }
  }

  private static String text(Figures figures) {
    return figures.text().toCompletableFuture().join();
  }

  private void put(String resource, String name, String rest) {
    String json = "{'metadata':{'name':'%s','namespace':'default'},%s}".formatted(name, rest);
    ApiObject object = new ApiObject(Json.object(json.replace('\'', '"').getBytes(UTF_8)));
    ObjectKey key = new ObjectKey(new ResourceName(resource), "default", name);
    store
        .commit(Transaction.of(new Operation.Put(key, object.draft(), Condition.ANY)))
        .toCompletableFuture()
        .join();
  }
}
