package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.access.BuiltInRoles;
import io.ordinal.controller.api.auth.ClusterSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, tokens and roles, with the real kubectl. */
class AccessTest {
  @TempDir static Path directory;
  private static TestCertificates certificates;
  private static ServedApi api;
  private static Kubectl admin;
  private static Kubectl bob;

  @BeforeAll
  static void serve() throws Exception {
    certificates = new TestCertificates();
    api = ServedApi.overTls(certificates, InstantSource.system());
    new BuiltInRoles(api.store, InstantSource.system(), () -> UUID.randomUUID().toString())
        .lay()
        .toCompletableFuture()
        .join();
    ClusterSecrets.settle(api.store, new SecureRandom()).toCompletableFuture().join();
    admin = client("admin", "CN=admin,O=system:masters");
    bob = client("bob", "CN=bob,O=users");
    admin.run("create", "ns", "default").ok();
  }

  private static Kubectl client(String name, String subject) throws Exception {
    Path home = Files.createDirectory(directory.resolve(name));
    return new Kubectl(home, api.server.port(), certificates, subject);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void a_binding_gives_what_its_role_says_and_no_more() {
    admin.run("create", "ns", "shop").ok();
    assertThat(bob.run("get", "pods", "-n", "shop"))
        .isEqualTo(
            new Kubectl.Result(
                1,
                "Error from server (Forbidden): pods is forbidden: User \"bob\" cannot list resource"
                    + " \"pods\" in API group \"\" in the namespace \"shop\"\n"));
    assertThat(
            admin
                .run("create", "rolebinding", "b", "--clusterrole=view", "--user=bob", "-n", "shop")
                .ok())
        .isEqualTo("rolebinding.rbac.authorization.k8s.io/b created\n");
    assertThat(bob.run("get", "pods", "-n", "shop").ok())
        .isEqualTo("No resources found in shop namespace.\n");
    assertThat(bob.run("auth", "can-i", "get", "pods", "-n", "shop"))
        .isEqualTo(new Kubectl.Result(0, "yes\n"));
    assertThat(bob.run("auth", "can-i", "create", "pods", "-n", "shop"))
        .isEqualTo(new Kubectl.Result(1, "no\n"));
    assertThat(bob.run("auth", "can-i", "get", "pods", "-n", "default"))
        .isEqualTo(new Kubectl.Result(1, "no\n"));
    assertThat(bob.run("get", "secrets", "-n", "shop").output()).contains("cannot list resource");
    assertThat(bob.run("auth", "can-i", "--list", "-n", "shop").ok())
        .containsPattern("pods/log +\\[\\] +\\[\\] +\\[get list watch\\]");
    assertThat(bob.run("create", "role", "x", "--verb=get", "--resource=pods", "-n", "shop"))
        .isEqualTo(
            new Kubectl.Result(
                1,
                "Error from server (Forbidden): roles.rbac.authorization.k8s.io is forbidden: User"
                    + " \"bob\" cannot create resource \"roles\" in API group"
                    + " \"rbac.authorization.k8s.io\" in the namespace \"shop\"\n"));
    admin.run("delete", "rolebinding", "b", "-n", "shop").ok();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(bob.run("get", "pods", "-n", "shop").output()).contains("forbidden"));
  }

  @Test
  @EnabledIf(
      value = "io.ordinal.controller.api.Kubectl#isRecent",
      disabledReason = "kubectl 1.27 or newer is needed")
  void an_account_is_known_by_its_token_as_long_as_it_is_there() {
    admin.run("create", "sa", "robot").ok();
    assertThat(admin.run("get", "sa", "robot").ok())
        .containsPattern("NAME +SECRETS +AGE\\s+robot +0 +\\d+s");
    String token = admin.run("create", "token", "robot", "--duration=1h").ok().trim();
    Kubectl robot = holder("robot", token);
    assertThat(robot.run("auth", "whoami").ok())
        .containsPattern("Username +system:serviceaccount:default:robot")
        .containsPattern(
            "Groups +\\[system:authenticated system:serviceaccounts"
                + " system:serviceaccounts:default\\]");
    assertThat(robot.run("get", "cm").output())
        .contains("User \"system:serviceaccount:default:robot\" cannot list resource");
    admin
        .run("create", "rolebinding", "r", "--clusterrole=edit", "--serviceaccount=default:robot")
        .ok();
    assertThat(robot.run("create", "cm", "made", "--from-literal=a=b").ok())
        .isEqualTo("configmap/made created\n");
    admin.run("delete", "sa", "robot").ok();
    admin.run("create", "sa", "robot").ok();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(robot.run("get", "cm"))
                    .isEqualTo(
                        new Kubectl.Result(
                            1, "error: You must be logged in to the server (Unauthorized)\n")));
  }

  @Test
  @EnabledIf(
      value = "io.ordinal.controller.api.Kubectl#isRecent",
      disabledReason = "kubectl 1.27 or newer is needed")
  void a_token_for_somebody_else_or_of_nobody_is_refused() {
    admin.run("create", "sa", "other").ok();
    String token = admin.run("create", "token", "other", "--audience=vault").ok().trim();
    assertThat(holder("vault", token).run("version").output()).contains("logged in");
    assertThat(holder("nobody", "abc.def.ghi").run("get", "cm").output())
        .contains("You must be logged in");
    assertThat(admin.run("create", "token", "other", "--duration=1m").output())
        .contains("may not specify a duration less than 10 minutes");
    assertThat(admin.run("create", "token", "missing").output())
        .contains("serviceaccounts \"missing\" not found");
  }

  @Test
  void the_administrator_has_a_token_too() {
    String token =
        api.store
            .read(io.ordinal.controller.store.Freshness.LOCAL, ClusterSecrets::in)
            .toCompletableFuture()
            .join()
            .orElseThrow()
            .adminToken();
    assertThat(holder("root", token).run("auth", "can-i", "*", "*").ok()).isEqualTo("yes\n");
    assertThat(holder("almost", token + "x").run("get", "cm").output())
        .contains("You must be logged in");
  }

  @Test
  @EnabledIf(
      value = "io.ordinal.controller.api.Kubectl#isRecent",
      disabledReason = "kubectl 1.27 or newer is needed")
  void only_who_may_is_taken_for_somebody_else() {
    assertThat(admin.run("auth", "whoami", "--as=jane", "--as-group=devs").ok())
        .containsPattern("Username +jane")
        .containsPattern("Groups +\\[devs system:authenticated\\]");
    assertThat(admin.run("get", "cm", "--as=jane").output())
        .contains("User \"jane\" cannot list resource \"configmaps\"");
    assertThat(bob.run("get", "cm", "--as=jane").output())
        .contains(
            "users \"jane\" is forbidden: User \"bob\" cannot impersonate resource \"users\" in API"
                + " group \"\" at the cluster scope");
  }

  @Test
  void a_pod_needs_the_account_that_it_names() {
    String overrides = "--overrides={\"spec\":{\"serviceAccountName\":\"absent\"}}";
    assertThat(admin.run("run", "lost", "--image=busybox", overrides).output())
        .isEqualTo(
            "Error from server (Forbidden): pods \"lost\" is forbidden: error looking up service"
                + " account default/absent: serviceaccount \"absent\" not found\n");
    admin.run("create", "sa", "present").ok();
    admin.run("run", "found", "--image=busybox", overrides.replace("absent", "present")).ok();
  }

  @Test
  void nobody_grants_more_than_they_have() {
    admin.run("create", "ns", "team").ok();
    admin.run("create", "rolebinding", "b", "--clusterrole=admin", "--user=bob", "-n", "team").ok();
    assertThat(
            bob.run("create", "role", "reader", "--verb=get", "--resource=secrets", "-n", "team")
                .ok())
        .isEqualTo("role.rbac.authorization.k8s.io/reader created\n");
    assertThat(
            bob.run("create", "rolebinding", "r", "--role=reader", "--user=eve", "-n", "team").ok())
        .contains("created");
    assertThat(
            bob.run("create", "role", "more", "--verb=get", "--resource=nodes", "-n", "team")
                .output())
        .contains(
            "roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"bob\""
                + " (groups=[\"system:authenticated\" \"users\"]) is attempting to grant RBAC"
                + " permissions not currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\"]}");
    assertThat(
            bob.run(
                    "create",
                    "rolebinding",
                    "own",
                    "--clusterrole=cluster-admin",
                    "--user=bob",
                    "-n",
                    "team")
                .output())
        .contains("attempting to grant RBAC permissions not currently held");
    String patch = "{\"roleRef\":{\"name\":\"edit\"}}";
    assertThat(admin.run("patch", "rolebinding", "b", "-n", "team", "-p", patch).output())
        .contains("roleRef: Invalid value", "cannot change roleRef");
  }

  private static Kubectl holder(String name, String token) {
    try {
      return new Kubectl(
          Files.createTempDirectory(directory, name),
          api.server.port(),
          certificates.ca,
          "{token: " + token + "}");
    } catch (java.io.IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
