package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinRulesTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String KEY = "the key of this machine";
  private static final String SECRET = "abcdefghijklmnopqrstuvwxyz234567";

  @Test
  void a_token_admits_whoever_has_its_secret_until_it_expires() {
    StoredToken token = token(JoinRole.NODE);
    assertThat(JoinRules.admit(Optional.of(token), SECRET, NOW))
        .isEqualTo(new Verdict.Done<>(token));
    assertThat(reason(JoinRules.admit(Optional.of(token), SECRET, NOW.plusSeconds(3600))))
        .isEqualTo(Reason.UNAUTHORIZED);
  }

  @Test
  void an_unknown_token_and_a_wrong_secret_get_the_same_answer() {
    Verdict<StoredToken> unknown = JoinRules.admit(Optional.empty(), SECRET, NOW);
    Verdict<StoredToken> wrong =
        JoinRules.admit(Optional.of(token(JoinRole.NODE)), SECRET.replace('a', 'b'), NOW);
    assertThat(reason(unknown)).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(wrong).isEqualTo(unknown);
  }

  @Test
  void a_token_for_nodes_makes_no_controller() {
    assertThat(
            reason(decide(JoinRole.NODE, request("c2", JoinRole.CONTROLLER, "10.0.0.2"), nobody())))
        .isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void a_token_for_controllers_makes_nodes_too() {
    assertThat(decide(JoinRole.CONTROLLER, request("n1", JoinRole.NODE, "10.0.0.2"), nobody()))
        .isEqualTo(new Verdict.Done<>(member("n1", JoinRole.NODE, "10.0.0.2", KEY)));
  }

  @Test
  void nobody_takes_the_name_or_the_address_of_a_controller() {
    Members.Known known = known(member("c1", JoinRole.CONTROLLER, "10.0.0.1", "another"));
    assertThat(reason(asController("c1", "10.0.0.2", known))).isEqualTo(Reason.CONFLICT);
    assertThat(reason(asController("c2", "10.0.0.1", known))).isEqualTo(Reason.CONFLICT);
    assertThat(reason(asNode("c1", "10.0.0.2", known))).isEqualTo(Reason.CONFLICT);
  }

  @Test
  void a_controller_that_did_not_hear_the_answer_asks_again_with_its_key() {
    Members.Known known = known(member("c1", JoinRole.CONTROLLER, "10.0.0.1", KEY));
    assertThat(asController("c1", "10.0.0.1", known)).isInstanceOf(Verdict.Done.class);
    assertThat(reason(asNode("c1", "10.0.0.1", known))).isEqualTo(Reason.CONFLICT);
  }

  @Test
  void a_founder_has_no_key_that_anybody_could_show() {
    Members.Known known = known(MemberRecord.founder("c1", List.of("10.0.0.1"), NOW));
    assertThat(
            reason(
                JoinRules.decide(
                    token(JoinRole.CONTROLLER),
                    request("c1", JoinRole.CONTROLLER, "10.0.0.1"),
                    "",
                    known,
                    NOW)))
        .isEqualTo(Reason.CONFLICT);
  }

  @Test
  void no_two_members_have_one_address() {
    Members.Known known = known(member("n1", JoinRole.NODE, "10.0.0.1", "another"));
    Verdict<MemberRecord> verdict = asNode("n2", "10.0.0.1", known);
    assertThat(reason(verdict)).isEqualTo(Reason.CONFLICT);
    assertThat(((Verdict.Rejected<?>) verdict).message()).contains("kubectl delete node n1");
  }

  @Test
  void a_node_may_come_again_under_its_name_elsewhere_once_it_is_gone() {
    MemberRecord before = member("n1", JoinRole.NODE, "10.0.0.1", "another");
    Members.Known gone = known(before);
    Members.Known there = new Members.Known(List.of(before), Set.of("n1"), Map.of());
    assertThat(asNode("n1", "10.0.0.9", gone)).isInstanceOf(Verdict.Done.class);
    assertThat(reason(asNode("n1", "10.0.0.9", there))).isEqualTo(Reason.CONFLICT);
    assertThat(asNode("n1", "10.0.0.1", there)).isInstanceOf(Verdict.Done.class);
  }

  private static Verdict<MemberRecord> asNode(String name, String address, Members.Known known) {
    return decide(JoinRole.NODE, request(name, JoinRole.NODE, address), known);
  }

  private static Verdict<MemberRecord> asController(
      String name, String address, Members.Known known) {
    return decide(JoinRole.CONTROLLER, request(name, JoinRole.CONTROLLER, address), known);
  }

  private static Verdict<MemberRecord> decide(
      JoinRole token, JoinRequest request, Members.Known known) {
    return JoinRules.decide(token(token), request, KEY, known, NOW);
  }

  private static Members.Known nobody() {
    return known();
  }

  private static Members.Known known(MemberRecord... members) {
    return new Members.Known(List.of(members), Set.of(), Map.of());
  }

  private static StoredToken token(JoinRole role) {
    return new StoredToken(
        "abcdefgh", TokenText.hashOf(SECRET), role, NOW, NOW.plusSeconds(3600), "");
  }

  private static JoinRequest request(String name, JoinRole role, String address) {
    return new JoinRequest(name, role, List.of(address), "request");
  }

  private static MemberRecord member(String name, JoinRole role, String address, String key) {
    return new MemberRecord(name, role, List.of(address), NOW, key, Optional.empty(), false);
  }

  private static Reason reason(Verdict<?> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    return ((Verdict.Rejected<?>) verdict).reason();
  }
}
