package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Machines that ask to join, over the routes and a store in memory. */
class JoinTest {
  private static final ClusterKit KIT = new ClusterKit();
  private ServedCluster cluster;
  private String controllers;

  @BeforeEach
  void begin() {
    cluster = new ServedCluster(KIT);
    controllers = cluster.token(JoinRole.CONTROLLER);
  }

  @AfterAll
  static void shutDown() {
    KIT.close();
  }

  @Test
  void a_damaged_request_takes_neither_the_name_nor_the_address() {
    assertThat(code(controller("c2", "10.0.0.2", "damaged"))).isEqualTo(400);
    assertThat(joined("c2")).isEmpty();
    assertThat(controller("c2", "10.0.0.2", "key-2").join().path("certificate").asString())
        .isEqualTo("certificate of key-2 for c2 [10.0.0.2]");
  }

  @Test
  void a_signer_that_fails_takes_neither_the_name_nor_the_address() {
    cluster.signer.failing = true;
    assertThatThrownBy(controller("c2", "10.0.0.2", "key-2")::join)
        .isInstanceOf(CompletionException.class);
    assertThat(joined("c2")).isEmpty();
  }

  @Test
  void who_did_not_hear_the_answer_gets_it_again() {
    ObjectNode lost = controller("c2", "10.0.0.2", "key-2").join();
    assertThat(controller("c2", "10.0.0.2", "key-2").join()).isEqualTo(lost);
    assertThat(code(controller("c2", "10.0.0.2", "key-of-another"))).isEqualTo(409);
  }

  @Test
  void of_two_that_ask_for_one_address_at_once_one_gets_it() {
    var first = controller("c2", "10.0.0.2", "key-2");
    var other = controller("c3", "10.0.0.2", "key-3");
    assertThat(List.of(code(first), code(other))).containsExactlyInAnyOrder(200, 409);
    assertThat(cluster.members()).hasSize(1);
  }

  @Test
  void of_two_that_ask_for_one_name_at_once_one_gets_it() {
    var first = controller("c2", "10.0.0.2", "key-2");
    var other = controller("c2", "10.0.0.3", "key-3");
    assertThat(List.of(code(first), code(other))).containsExactlyInAnyOrder(200, 409);
  }

  @Test
  void an_address_is_free_again_once_its_member_has_another() {
    String nodes = cluster.token(JoinRole.NODE);
    node(nodes, "n1", "10.0.0.1", "key-1").join();
    assertThat(code(node(nodes, "n2", "10.0.0.1", "key-2"))).isEqualTo(409);
    node(nodes, "n1", "10.0.0.9", "key-1").join();
    node(nodes, "n2", "10.0.0.1", "key-2").join();
  }

  @Test
  void a_controller_that_joined_and_never_came_can_be_removed() {
    controller("c2", "10.0.0.2", "key-2").join();
    cluster.delete("controllers/c2").join();
    assertThat(joined("c2")).isEmpty();
    controller("c3", "10.0.0.2", "key-3").join();
  }

  @Test
  void a_controller_that_got_its_vote_and_never_told_its_name_can_be_removed() {
    controller("c2", "10.0.0.2", "key-2").join();
    cluster.vote("c2", ServedCluster.SECOND).join();
    assertThat(cluster.group.ids()).contains(ServedCluster.SECOND);
    cluster.delete("controllers/c2").join();
    assertThat(cluster.group.ids()).doesNotContain(ServedCluster.SECOND);
    assertThat(joined("c2")).isEmpty();
  }

  @Test
  void a_copy_from_before_a_restore_gets_no_vote() {
    controller("c2", "10.0.0.2", "key-2").join();
    assertThat(code(cluster.vote("c2", ServedCluster.SECOND, new UUID(9, 9)))).isEqualTo(403);
    assertThat(cluster.group.ids()).doesNotContain(ServedCluster.SECOND);
  }

  @Test
  void a_controller_that_lost_its_copy_has_no_vote_until_it_asks_for_another_one() {
    joinedWithCopy("c2", ServedCluster.SECOND);
    assertThat(cluster.lost("c2").join().path("group").asString())
        .isEqualTo(cluster.group.id().toString());
    assertThat(cluster.group.ids()).containsExactly(ServedCluster.FIRST);
    assertThat(cluster.get("controllers").join().path("controllers")).isEmpty();
    cluster.lost("c2").join();
    UUID fresh = new UUID(0, 3);
    cluster.vote("c2", fresh).join();
    assertThat(cluster.group.ids()).containsExactlyInAnyOrder(ServedCluster.FIRST, fresh);
  }

  /** Else the group would have two members at one address, of which one never answers. */
  @Test
  void a_lost_disk_that_comes_back_gets_no_vote_beside_the_copy_that_took_its_place() {
    joinedWithCopy("c2", ServedCluster.SECOND);
    cluster.lost("c2").join();
    UUID fresh = new UUID(0, 3);
    cluster.vote("c2", fresh).join();
    assertThat(code(cluster.vote("c2", ServedCluster.SECOND))).isEqualTo(403);
    assertThat(cluster.group.ids()).containsExactlyInAnyOrder(ServedCluster.FIRST, fresh);
    assertThat(joined("c2").get(0).copy()).contains(fresh);
  }

  @Test
  void a_controller_says_whether_the_records_have_it() {
    assertThat(cluster.get("status").join().has("noted")).isFalse();
    tells(ServedCluster.FIRST, "c1");
    assertThat(cluster.get("status").join().path("noted").asBoolean()).isFalse();
    controller("c1", "10.0.0.1", "key-1").join();
    assertThat(cluster.get("status").join().path("noted").asBoolean()).isTrue();
  }

  @Test
  void a_copy_whose_controller_answers_is_not_lost() {
    joinedWithCopy("c2", ServedCluster.SECOND);
    cluster.answering.add("10.0.0.1:7652");
    assertThat(code(cluster.lost("c2"))).isEqualTo(409);
    assertThat(cluster.group.ids()).contains(ServedCluster.SECOND);
  }

  @Test
  void a_lost_copy_keeps_its_vote_where_no_majority_would_answer_without_it() {
    joinedWithCopy("c2", ServedCluster.SECOND);
    UUID third = new UUID(0, 3);
    controller("c3", "10.0.0.3", "key-3").join();
    cluster.vote("c3", third).join();
    assertThat(code(cluster.lost("c2"))).isEqualTo(409);
    assertThat(cluster.group.ids())
        .containsExactlyInAnyOrder(ServedCluster.FIRST, ServedCluster.SECOND, third);
  }

  @Test
  void a_controller_that_was_removed_gets_no_other_copy() {
    joinedWithCopy("c2", ServedCluster.SECOND);
    cluster.delete("controllers/c2").join();
    assertThat(code(cluster.lost("c2"))).isEqualTo(403);
  }

  @Test
  void one_that_is_removed_while_it_gets_its_vote_has_none_in_the_end() {
    controller("c2", "10.0.0.2", "key-2").join();
    CompletableFuture<ObjectNode> vote = votingSlowly("c2", ServedCluster.SECOND);
    cluster.delete("controllers/c2").join();
    cluster.group.adding.complete(null);
    assertThat(code(vote)).isEqualTo(403);
    assertThat(cluster.group.ids()).containsExactly(ServedCluster.FIRST);
  }

  @Test
  void a_copy_that_is_lost_while_it_gets_its_vote_has_none_in_the_end() {
    controller("c2", "10.0.0.2", "key-2").join();
    CompletableFuture<ObjectNode> vote = votingSlowly("c2", ServedCluster.SECOND);
    cluster.lost("c2").join();
    cluster.group.adding.complete(null);
    assertThat(code(vote)).isEqualTo(503);
    assertThat(cluster.group.ids()).containsExactly(ServedCluster.FIRST);
    UUID fresh = new UUID(0, 3);
    cluster.vote("c2", fresh).join();
    assertThat(cluster.group.ids()).containsExactlyInAnyOrder(ServedCluster.FIRST, fresh);
  }

  /** The vote is given between the removal's look at the group and its write. */
  @Test
  void a_vote_that_a_removal_could_not_see_yet_is_taken_back() {
    controller("c2", "10.0.0.2", "key-2").join();
    CompletableFuture<ObjectNode> vote = votingSlowly("c2", ServedCluster.SECOND);
    cluster.store.hold();
    CompletableFuture<ObjectNode> removal = cluster.delete("controllers/c2");
    await().until(() -> cluster.store.waiting() == 1);
    cluster.group.adding.complete(null);
    vote.join();
    cluster.store.release();
    removal.join();
    assertThat(cluster.group.ids()).containsExactly(ServedCluster.FIRST);
  }

  @Test
  void a_removal_that_could_not_be_written_is_not_claimed() {
    joinedWithCopy("c2", ServedCluster.SECOND);
    cluster.store.refuseNext();
    assertThat(code(cluster.delete("controllers/c2"))).isEqualTo(503);
    assertThat(joined("c2")).isNotEmpty();
    cluster.delete("controllers/c2").join();
    assertThat(joined("c2")).isEmpty();
  }

  private CompletableFuture<ObjectNode> votingSlowly(String name, UUID copy) {
    cluster.group.adding = new CompletableFuture<>();
    CompletableFuture<ObjectNode> vote = cluster.vote(name, copy);
    await().until(() -> joined(name).get(0).copy().isPresent());
    return vote;
  }

  private void joinedWithCopy(String name, UUID copy) {
    controller(name, "10.0.0.2", "key-2").join();
    cluster.vote(name, copy).join();
    tells(copy, name);
  }

  @Test
  void controllers_are_listed_by_name() {
    tells(ServedCluster.FIRST, "c2");
    tells(ServedCluster.SECOND, "c1");
    assertThat(cluster.get("controllers").join().path("controllers"))
        .extracting(each -> each.path("name").asString())
        .containsExactly("c1", "c2");
  }

  private void tells(UUID copy, String name) {
    byte[] record =
        Json.bytes(
            Json.object()
                .put("name", name)
                .put("artery", "10.0.0.1:7650")
                .put("api", "https://10.0.0.1:6443")
                .put("management", "10.0.0.1:7652")
                .put("store", "10.0.0.1:7651"));
    cluster
        .store
        .commit(
            Transaction.of(
                new Operation.PutRecord(
                    new RecordKey("controller", copy.toString()), record, RecordCondition.ANY)))
        .toCompletableFuture()
        .join();
  }

  private CompletableFuture<ObjectNode> controller(String name, String address, String request) {
    return cluster.join(controllers, name, JoinRole.CONTROLLER, address, request);
  }

  private CompletableFuture<ObjectNode> node(
      String token, String name, String address, String request) {
    return cluster.join(token, name, JoinRole.NODE, address, request);
  }

  private List<MemberRecord> joined(String name) {
    return cluster.members().stream().filter(each -> each.name().equals(name)).toList();
  }

  private static int code(CompletableFuture<ObjectNode> answer) {
    try {
      answer.join();
      return 200;
    } catch (CompletionException refused) {
      return ((StatusException) refused.getCause()).status().code();
    }
  }
}
