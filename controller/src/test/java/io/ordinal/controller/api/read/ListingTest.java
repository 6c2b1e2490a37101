package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.read.Listing.Most;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ListingTest {
  private static final ResourceName MAPS = new ResourceName("configmaps");
  private static final ResourceKind KIND = KindRegistry.standard().require(MAPS);
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private int counts;

  @Test
  void what_remains_is_counted_once_for_all_pages() {
    for (int i = 0; i < 10; i++) put("m" + i);
    ListHead page = page("limit=3");
    List<Long> remaining = new ArrayList<>();
    while (page.next().isPresent()) {
      remaining.add(page.remaining().orElseThrow());
      put("later" + remaining.size());
      page = page("limit=2&continue=" + page.next().get());
    }
    assertThat(remaining).containsExactly(7L, 5L, 3L, 1L);
    assertThat(counts).isEqualTo(1);
  }

  private ListHead page(String text) {
    Query query = Query.parse(text);
    Selection everything = Selection.parse(KIND, query);
    Scope all = new Scope(MAPS, "", "");
    return store
        .read(
            Freshness.LOCAL,
            view -> {
              ListOptions options = ListOptions.parse(query);
              PastSettings past = new PastSettings(20_000, 32L << 20);
              Listing listing = Listing.of(view, all, everything, options, past);
              Most most = new Most(options.limit(), Long.MAX_VALUE, true);
              return listing.head(counted(view), listing.part(view, listing.start(), most));
            })
        .toCompletableFuture()
        .join();
  }

  /** The same view, whose counting is noted. */
  private View counted(View view) {
    return (View)
        Proxy.newProxyInstance(
            View.class.getClassLoader(),
            new Class<?>[] {View.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("countAfter")) counts++;
              return View.class
                  .getMethod(method.getName(), method.getParameterTypes())
                  .invoke(view, arguments);
            });
  }

  private void put(String name) {
    put(store, "a", name);
  }

  static void put(InMemoryObjectStore store, String namespace, String name) {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("name", name).put("namespace", namespace).put("uid", "u");
    ObjectKey key = new ObjectKey(MAPS, namespace, name);
    Operation put = new Operation.Put(key, new ApiObject(tree).draft(), Condition.ANY);
    store.commit(Transaction.of(put)).toCompletableFuture().join();
  }
}
