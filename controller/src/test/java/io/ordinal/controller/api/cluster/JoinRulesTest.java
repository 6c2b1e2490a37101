package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinRulesTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
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
    Verdict<MemberRecord> verdict =
        JoinRules.decide(
            token(JoinRole.NODE), request("c2", JoinRole.CONTROLLER, "10.0.0.2"), List.of(), NOW);
    assertThat(reason(verdict)).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void a_token_for_controllers_makes_nodes_too() {
    Verdict<MemberRecord> verdict =
        JoinRules.decide(
            token(JoinRole.CONTROLLER), request("n1", JoinRole.NODE, "10.0.0.2"), List.of(), NOW);
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Done<>(new MemberRecord("n1", JoinRole.NODE, List.of("10.0.0.2"), NOW)));
  }

  @Test
  void nobody_takes_the_name_or_the_address_of_a_controller() {
    List<MemberRecord> members = List.of(member("c1", JoinRole.CONTROLLER, "10.0.0.1"));
    StoredToken token = token(JoinRole.CONTROLLER);
    assertThat(
            reason(JoinRules.decide(token, request("c1", JoinRole.NODE, "10.0.0.2"), members, NOW)))
        .isEqualTo(Reason.CONFLICT);
    assertThat(
            reason(
                JoinRules.decide(
                    token, request("c2", JoinRole.CONTROLLER, "10.0.0.1"), members, NOW)))
        .isEqualTo(Reason.CONFLICT);
  }

  @Test
  void a_node_may_come_again_under_its_name() {
    List<MemberRecord> members = List.of(member("n1", JoinRole.NODE, "10.0.0.1"));
    assertThat(
            JoinRules.decide(
                token(JoinRole.NODE), request("n1", JoinRole.NODE, "10.0.0.9"), members, NOW))
        .isInstanceOf(Verdict.Done.class);
  }

  private static StoredToken token(JoinRole role) {
    return new StoredToken(
        "abcdefgh", TokenText.hashOf(SECRET), role, NOW, NOW.plusSeconds(3600), "");
  }

  private static JoinRequest request(String name, JoinRole role, String address) {
    return new JoinRequest(name, role, List.of(address), "request");
  }

  private static MemberRecord member(String name, JoinRole role, String address) {
    return new MemberRecord(name, role, List.of(address), NOW);
  }

  private static Reason reason(Verdict<?> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    return ((Verdict.Rejected<?>) verdict).reason();
  }
}
