package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of objects that were let in when the rules were looser. */
class RatchetTest {
  private static final String SET = "/apis/apps/v1/namespaces/default/statefulsets/web";
  private static final String GATES =
      "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{"
          + "'schedulingGates':[{'name':'x/y'}],'containers':[{'name':'c','image':'i'}]}}";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void what_was_wrong_before_does_not_forbid_to_label_and_to_scale() {
    store("'finalizers':['a.b/c']");
    ok(merge("{'metadata':{'labels':{'l':'m'}}}"));
    ok(merge("{'spec':{'replicas':3}}"));
    ok(api.patch(SET + "/scale", "merge-patch+json", "{\"spec\":{\"replicas\":2}}"));
    ok(api.put(SET, api.get(SET).body()));
    assertThat(api.get(SET).json().at("/spec/replicas").asInt()).isEqualTo(2);
  }

  @Test
  void new_faults_beside_old_ones_are_refused_alone() {
    store("'finalizers':['a.b/c']");
    Reply wrong = merge("{'spec':{'replicas':-1}}");
    assertThat(wrong.code()).isEqualTo(422);
    assertThat(wrong.message()).contains("spec.replicas").doesNotContain("schedulingGates");
    Reply another = merge("{'spec':{'selector':{'matchLabels':{'a':'c'}}}}");
    assertThat(another.code()).isEqualTo(422);
  }

  @Test
  void what_is_going_can_be_let_go_of_but_not_be_made_another() {
    store("'finalizers':['a.b/c'],'deletionTimestamp':'2030-01-01T00:00:00Z'");
    assertThat(merge("{'spec':{'serviceName':'other'}}").code()).isEqualTo(422);
    ok(merge("{'spec':{'replicas':3}}"));
    ok(merge("{'metadata':{'finalizers':null}}"));
    assertThat(api.get(SET).code()).isEqualTo(404);
  }

  private Reply merge(String patch) {
    return api.patch(SET, "merge-patch+json", patch.replace('\'', '"'));
  }

  private void store(String metadata) {
    String json =
        "{'apiVersion':'apps/v1','kind':'StatefulSet','metadata':{'name':'web','namespace':"
            + ("'default','uid':'u','generation':1," + metadata + "},")
            + ("'spec':{'serviceName':'web','replicas':1," + GATES + "}}");
    ApiObject set = new ApiObject(Json.object(json.replace('\'', '"').getBytes(UTF_8)));
    ObjectKey key = new ObjectKey(ResourceName.of("apps", "statefulsets"), "default", "web");
    Operation put = new Operation.Put(key, set.draft(), Condition.ANY);
    api.store.commit(Transaction.of(put)).toCompletableFuture().join();
  }
}
