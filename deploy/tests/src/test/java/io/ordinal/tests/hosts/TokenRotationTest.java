package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tokens of before and after a rotation, shown to three controllers that are not restarted for it.
 */
class TokenRotationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SOME_SECONDS = Duration.ofSeconds(10);
  private static final String SETTINGS =
      "ordinal.agent.host { refresh = 500ms, refresh-most = 2s }";
  private static final String ROTATIONS = "/ordinal/v1/rotations";
  private static final String CLERK = "/api/v1/namespaces/default/serviceaccounts/clerk/token";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token";
  private static final List<Integer> ACCEPTED = List.of(200, 200, 200);
  private static final List<Integer> REFUSED = List.of(401, 401, 401);
  private static final String PROGRAM =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: program}
      spec:
        serviceAccountName: clerk
        terminationGracePeriodSeconds: 0
        containers:
          - {name: main, image: busybox, command: ["sleep", "100000"]}
      """;

  private static Lab lab;
  private static LabCluster cluster;
  private static List<Long> members;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    cluster = LabCluster.start(lab, new LabCluster.Shape(List.of(0, 1, 2), Set.of(0), SETTINGS));
    cluster.kubectl(0, "", "create", "serviceaccount", "clerk").ok();
    cluster
        .kubectl(
            1,
            "",
            "create",
            "rolebinding",
            "clerk",
            "--clusterrole=view",
            "--serviceaccount=default:clerk")
        .ok();
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @BeforeEach
  void known() {
    cluster.awaitWhole(PATIENCE);
    members = pids();
  }

  @AfterEach
  void nobody_was_restarted() {
    assertThat(pids()).isEqualTo(members);
  }

  private static List<Long> pids() {
    return lab.hosts().stream().map(each -> each.member().orElseThrow().pid()).toList();
  }

  /** Somebody with a token, before every controller. */
  private record Bearer(String token, List<Api> apis) {
    static Bearer of(String token) {
      return new Bearer(
          token,
          cluster.shape().controllers().stream().map(each -> cluster.api(each, token)).toList());
    }

    /** By a controller, for the account. */
    static Bearer madeBy(int controller) {
      return of(
          cluster.api(controller).post(CLERK, "{}").ok().path("status").path("token").asString());
    }

    static List<Bearer> madeByEach() {
      return cluster.shape().controllers().stream().map(Bearer::madeBy).toList();
    }

    int code(int controller) {
      return apis.get(controller).get(PODS).code();
    }

    List<Integer> codes() {
      return cluster.shape().controllers().stream().map(this::code).toList();
    }

    void awaitRefused(Duration patience) {
      Until.within(
          patience, "refusals", () -> codes().equals(REFUSED), () -> "answered " + codes());
    }

    /** Of the key that has signed it. */
    String keyId() {
      String header = token.substring(0, token.indexOf('.'));
      return Json.object(Base64.getUrlDecoder().decode(header)).path("kid").asString();
    }
  }

  @Test
  void after_a_leak_no_token_of_before_is_believed_anywhere() {
    List<Bearer> before = Bearer.madeByEach();
    assertThat(before).allSatisfy(each -> assertThat(each.codes()).isEqualTo(ACCEPTED));
    String said = rotate(1, "--signing-key", "--accept-old-for", "0s");
    assertThat(said).matches("tokens are signed by the key [\\w-]{8}; those of the key before.*\n");
    before.forEach(each -> each.awaitRefused(SOME_SECONDS));
    List<Bearer> after = Bearer.madeByEach();
    assertThat(after).allSatisfy(each -> assertThat(each.codes()).isEqualTo(ACCEPTED));
    assertThat(after).allSatisfy(each -> assertThat(said).contains(each.keyId().substring(0, 8)));
  }

  @Test
  void a_new_key_is_believed_at_once_and_the_one_before_for_as_long_as_was_asked() {
    Bearer oldest = Bearer.madeBy(0);
    rotated(2, "{\"signingKey\": true}");
    List<Bearer> old = Bearer.madeByEach();
    assertThat(old).allSatisfy(each -> assertThat(each.codes()).isEqualTo(ACCEPTED));
    assertThat(oldest.codes()).isEqualTo(ACCEPTED);
    Instant until = Instant.parse(rotated(0, "{\"signingKey\": true, \"oldFor\": \"PT5S\"}").get());
    List<Bearer> after = Bearer.madeByEach();
    assertThat(after).allSatisfy(each -> assertThat(each.codes()).isEqualTo(ACCEPTED));
    List<Bearer> ending = new ArrayList<>(old);
    ending.add(oldest);
    for (Bearer each : ending) {
      boolean accepted = each.codes().equals(ACCEPTED);
      assertThat(accepted || !Instant.now().isBefore(until)).isTrue();
    }
    Duration left = Duration.between(Instant.now(), until);
    ending.forEach(each -> each.awaitRefused(left.plus(SOME_SECONDS)));
    assertThat(Instant.now()).isAfterOrEqualTo(until);
    assertThat(after).allSatisfy(each -> assertThat(each.codes()).isEqualTo(ACCEPTED));
  }

  @Test
  void another_token_of_the_administrators_is_in_every_file_and_the_one_before_is_void()
      throws IOException {
    Bearer before = Bearer.of(file(0));
    assertThat(List.of(file(1), file(2))).containsOnly(before.token());
    assertThat(before.codes()).isEqualTo(ACCEPTED);
    Bearer account = Bearer.madeBy(0);
    assertThat(rotate(2, "--admin"))
        .isEqualTo("the administrator has another token: see the file admin-token\n");
    before.awaitRefused(SOME_SECONDS);
    Bearer after = Bearer.of(awaitOther(before));
    assertThat(after.codes()).isEqualTo(ACCEPTED);
    assertThat(account.codes()).isEqualTo(ACCEPTED);
    for (int each : cluster.shape().controllers()) {
      Path file = lab.host(each).directory().adminToken();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(lab.host(each).log())).doesNotContain(after.token());
    }
  }

  @Test
  void a_controller_that_was_cut_off_learns_of_it_when_it_is_back() {
    Bearer before = Bearer.madeBy(2);
    int downings = said("is downed by decision of", 0, 1);
    int systems = said("the new actor system is up in the cluster", 2);
    assertThat(before.codes()).isEqualTo(ACCEPTED);
    Faults faults = new Faults(lab);
    Fault cut = new Fault.CutOff(2, Fault.Way.BOTH, Set.of(0, 1));
    faults.begin(cut);
    Bearer after;
    try {
      String rotation = "{\"signingKey\": true, \"oldFor\": \"PT0S\"}";
      Until.within(PATIENCE, "a rotation", () -> cluster.api(0).post(ROTATIONS, rotation).done());
      Until.within(SOME_SECONDS, "refusals", () -> before.code(0) == 401 && before.code(1) == 401);
      after = Bearer.madeBy(1);
      assertThat(List.of(after.code(0), after.code(1))).containsOnly(200);
      Until.within(PATIENCE, "what it knew before", () -> before.code(2) == 200);
      Until.within(PATIENCE, "a wish to be asked later", () -> after.code(2) == 503);
      Until.within(PATIENCE, "a downing", () -> said("is downed by decision of", 0, 1) > downings);
    } finally {
      faults.heal(cut);
    }
    before.awaitRefused(PATIENCE);
    // It serves nobody for a moment: the API ends and begins with the actor system.
    Until.within(
        PATIENCE,
        "another actor system of the one that was downed",
        () -> said("the new actor system is up in the cluster", 2) > systems);
    assertThat(before.codes()).isEqualTo(REFUSED);
    assertThat(after.codes()).isEqualTo(ACCEPTED);
  }

  /** How often, by these controllers together. */
  private static int said(String words, int... controllers) {
    return Arrays.stream(controllers)
        .mapToObj(each -> lab.host(each).log())
        .mapToInt(log -> count(log, words))
        .sum();
  }

  private static int count(Path log, String words) {
    try {
      return Files.readString(log).split(Pattern.quote(words), -1).length - 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void programs_have_a_token_of_the_new_key_while_the_old_one_still_holds() {
    cluster.apply(PROGRAM);
    Until.within(PATIENCE, "the program", () -> Objects.ready(cluster.get(PODS + "/program")));
    Bearer before = Bearer.of(awaitOtherKey(""));
    assertThat(before.codes()).isEqualTo(ACCEPTED);
    rotated(1, "{\"signingKey\": true, \"oldFor\": \"PT10M\"}");
    Bearer after = Bearer.of(awaitOtherKey(before.keyId()));
    assertThat(after.codes()).isEqualTo(ACCEPTED);
    assertThat(before.codes()).isEqualTo(ACCEPTED);
    rotated(0, "{\"signingKey\": true, \"oldFor\": \"PT0S\"}");
    before.awaitRefused(SOME_SECONDS);
    after.awaitRefused(SOME_SECONDS);
    assertThat(Bearer.of(awaitOtherKey(after.keyId())).codes()).isEqualTo(ACCEPTED);
  }

  /** What the program finds in its file, once another key has signed it. */
  private static String awaitOtherKey(String before) {
    List<String> found = new ArrayList<>();
    Until.within(
        SOME_SECONDS,
        "a token of another key",
        () -> {
          Shell.Result read = cluster.kubectl(2, "", "exec", "program", "--", "cat", FILE);
          found.add(read.ok().strip());
          return !Bearer.of(found.get(found.size() - 1)).keyId().equals(before);
        });
    return found.get(found.size() - 1);
  }

  /** By the command, on the machine of a controller. */
  private static String rotate(int controller, String... what) {
    Host host = lab.host(controller);
    List<String> words = new ArrayList<>(List.of("token", "rotate", "--data-dir"));
    words.add(host.directory().path().toString());
    words.addAll(List.of(what));
    return host.ordinal(words.toArray(String[]::new)).ok();
  }

  /** By the API; until when the key before is believed, if there is another. */
  private static Optional<String> rotated(int controller, String wanted) {
    var answer = cluster.api(controller).post(ROTATIONS, wanted).ok();
    return Optional.ofNullable(answer.path("oldUntil").asString(null));
  }

  private static String awaitOther(Bearer before) {
    Until.within(
        SOME_SECONDS,
        "one other token in all files",
        () ->
            !file(0).equals(before.token()) && file(1).equals(file(0)) && file(2).equals(file(0)));
    return file(0);
  }

  private static String file(int controller) {
    try {
      return Files.readString(lab.host(controller).directory().adminToken()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
