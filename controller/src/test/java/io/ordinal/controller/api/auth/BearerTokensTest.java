package io.ordinal.controller.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.auth.AccountClaims.Bound;
import io.ordinal.controller.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
  private static final AccountName ROBOT = new AccountName("default", "robot");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final SecureRandom random = new SecureRandom();
  private ClusterSecrets secrets = ClusterSecrets.create(random);
  private final Known accounts = new Known();
  private Instant now = START;
  private final BearerTokens tokens = new BearerTokens(accounts, true, () -> now);

  /** What this controller knows, and what it will know once it has looked again. */
  private final class Known implements Accounts {
    final Map<AccountName, String> uids = new HashMap<>(Map.of(ROBOT, "u1"));
    final Map<AccountName, String> news = new HashMap<>();
    Optional<ClusterSecrets> newSecrets = Optional.empty();
    final Map<ObjectKey, String> objects = new HashMap<>();
    int looks;

    @Override
    public Optional<ClusterSecrets> secrets() {
      return Optional.of(secrets);
    }

    @Override
    public Optional<String> uid(AccountName account) {
      return Optional.ofNullable(uids.get(account));
    }

    @Override
    public CompletionStage<Void> caughtUp() {
      looks++;
      uids.putAll(news);
      newSecrets.ifPresent(each -> secrets = each);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Boolean> exists(ObjectKey key, String uid) {
      return CompletableFuture.completedStage(uid.equals(objects.get(key)));
    }
  }

  @Test
  void a_token_holds_until_it_expires() {
    String token = token(ROBOT, "u1", Optional.empty());
    assertThat(who(token).orElseThrow().user()).isEqualTo("system:serviceaccount:default:robot");
    assertThat(who(token).orElseThrow().groups())
        .containsExactlyInAnyOrder(
            "system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated");
    now = now.plus(Duration.ofHours(1));
    assertThat(who(token)).isEmpty();
  }

  @Test
  void an_account_of_the_same_name_is_not_the_same() {
    assertThat(who(token(ROBOT, "u0", Optional.empty()))).isEmpty();
  }

  @Test
  void an_account_that_is_new_is_looked_for_before_it_is_refused() {
    AccountName fresh = new AccountName("default", "fresh");
    String token = token(fresh, "u2", Optional.empty());
    accounts.news.put(fresh, "u2");
    assertThat(who(token)).isPresent();
    assertThat(accounts.looks).isEqualTo(1);
  }

  @Test
  void what_is_not_signed_costs_no_look() {
    assertThat(who("abc")).isEmpty();
    assertThat(who("a.b.c")).isEmpty();
    assertThat(accounts.looks).isZero();
  }

  @Test
  void a_token_of_a_key_that_nobody_has_is_nobodys() {
    ClusterSecrets others = ClusterSecrets.create(random);
    assertThat(who(claims(ROBOT, "u1", Optional.empty()).sign(others.key()))).isEmpty();
  }

  @Test
  void a_key_that_is_new_is_looked_for_before_its_tokens_are_refused() {
    ClusterSecrets next = secrets.with(anotherKey(Duration.ofDays(1)), now, random);
    accounts.newSecrets = Optional.of(next);
    assertThat(who(claims(ROBOT, "u1", Optional.empty()).sign(next.key()))).isPresent();
    assertThat(accounts.looks).isEqualTo(1);
  }

  @Test
  void tokens_of_the_key_before_hold_for_as_long_as_was_asked() {
    String before = token(ROBOT, "u1", Optional.empty());
    String unseen = token(ROBOT, "u1", Optional.of(new Bound("Pod", "web-0", "p1")));
    accounts.objects.put(new Bound("Pod", "web-0", "p1").key("default"), "p1");
    assertThat(who(before)).isPresent();
    secrets = secrets.with(anotherKey(Duration.ofMinutes(10)), now, random);
    now = START.plus(Duration.ofMinutes(9));
    assertThat(who(before)).isPresent();
    assertThat(who(unseen)).isPresent();
    secrets = secrets.with(anotherKey(Duration.ofMinutes(20)), now, random);
    assertThat(who(before)).as("two keys ago").isPresent();
    now = START.plus(Duration.ofMinutes(10));
    assertThat(who(before)).isEmpty();
    assertThat(who(unseen)).isEmpty();
    assertThat(accounts.looks).isZero();
  }

  @Test
  void tokens_of_a_key_that_is_not_to_be_believed_are_void_at_once() {
    String before = token(ROBOT, "u1", Optional.empty());
    assertThat(who(before)).isPresent();
    secrets = secrets.with(anotherKey(Duration.ofMinutes(10)), now, random);
    assertThat(who(before)).isPresent();
    secrets = secrets.with(anotherKey(Duration.ZERO), now, random);
    assertThat(who(before)).as("two keys ago").isEmpty();
    assertThat(who(token(ROBOT, "u1", Optional.empty()))).isPresent();
  }

  @Test
  void the_administrators_old_token_opens_nothing() {
    String old = secrets.adminToken();
    secrets = secrets.with(new Rotation(Optional.empty(), true), now, random);
    assertThat(who(old)).isEmpty();
    assertThat(who(secrets.adminToken())).isPresent();
  }

  private Rotation anotherKey(Duration oldFor) {
    return new Rotation(Optional.of(now.plus(oldFor)), false);
  }

  @Test
  void a_token_is_void_without_what_it_depends_on() {
    Bound pod = new Bound("Pod", "web-0", "p1");
    String token = token(ROBOT, "u1", Optional.of(pod));
    assertThat(who(token)).isEmpty();
    accounts.objects.put(pod.key("default"), "p1");
    assertThat(who(token).orElseThrow().extra())
        .containsEntry("authentication.kubernetes.io/pod-name", List.of("web-0"))
        .containsEntry("authentication.kubernetes.io/credential-id", List.of("JTI=t1"));
    accounts.objects.put(pod.key("default"), "p2");
    assertThat(who(token)).isEmpty();
  }

  @Test
  void no_byte_of_a_token_can_be_changed() {
    String token = token(ROBOT, "u1", Optional.empty());
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      char[] changed = token.toCharArray();
      int at = random.nextInt(changed.length - 2); // The last may have bits that say nothing.
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      assertThat(who(new String(changed))).as("changed at %d", at).isEmpty();
    }
  }

  @Test
  void a_token_without_a_signature_is_nobodys() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String header =
        encoder.encodeToString(
            ("{\"alg\":\"none\",\"kid\":\"" + secrets.keyId() + "\"}")
                .getBytes(StandardCharsets.UTF_8));
    String claims = token(ROBOT, "u1", Optional.empty()).split("\\.")[1];
    assertThat(who(header + "." + claims + ".")).isEmpty();
  }

  @Test
  void the_administrators_token_opens_everything_unless_it_is_switched_off() {
    assertThat(who(secrets.adminToken()).orElseThrow().isMaster()).isTrue();
    assertThat(new BearerTokens(accounts, false, () -> now).identify(secrets.adminToken()))
        .isCompletedWithValue(Optional.empty());
  }

  private Optional<Identity> who(String token) {
    return tokens.identify(token).toCompletableFuture().join();
  }

  private String token(AccountName account, String uid, Optional<Bound> bound) {
    return claims(account, uid, bound).sign(secrets.key());
  }

  private AccountClaims claims(AccountName account, String uid, Optional<Bound> bound) {
    return new AccountClaims(
        account,
        uid,
        List.of(AccountClaims.ISSUER),
        now,
        now.plus(Duration.ofMinutes(30)),
        "t1",
        bound);
  }
}
