package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final ResourceName MAPS = new ResourceName("configmaps");
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @BeforeEach
  void fill() {
    for (String namespace : List.of("a", "b")) {
      for (String name : List.of("x", "y")) ListingTest.put(store, namespace, name);
    }
  }

  @Test
  void what_is_not_wanted_is_not_among_what_is_found() {
    assertThat(in("", "", each -> true)).containsExactly("a/x", "a/y", "b/x", "b/y");
    assertThat(in("b", "", each -> true)).containsExactly("b/x", "b/y");
    assertThat(in("", "y", each -> true)).containsExactly("a/y", "b/y");
    assertThat(in("a", "y", each -> true)).containsExactly("a/y");
    assertThat(in("", "", each -> each.key().name().equals("x"))).containsExactly("a/x", "b/x");
    assertThat(in("a", "y", each -> false)).isEmpty();
  }

  private List<String> in(String namespace, String name, Predicate<StoredObject> wanted) {
    return store
        .read(Freshness.LOCAL, view -> new Scope(MAPS, namespace, name).in(view, wanted))
        .toCompletableFuture()
        .join()
        .stream()
        .map(each -> each.key().namespace() + "/" + each.key().name())
        .toList();
  }
}
