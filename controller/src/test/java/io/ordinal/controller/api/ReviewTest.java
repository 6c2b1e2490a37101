package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.auth.ClusterSecrets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions about access, and requests for tokens, as programs send them. */
class ReviewTest {
  private static final String ACCESS = "/apis/authorization.k8s.io/v1/";
  private static final String IDENTITY = "/apis/authentication.k8s.io/v1/";
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
    ClusterSecrets.settle(api.store, new SecureRandom()).toCompletableFuture().join();
    ServedApi.ok(api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}"));
    ServedApi.ok(
        api.post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
            "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],"
                + "\"resources\":[\"pods\"],\"resourceNames\":[\"web-0\"]}]}"));
    ServedApi.ok(
        api.post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
            "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},"
                + "\"subjects\":[{\"kind\":\"Group\",\"name\":\"devs\"}]}"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void it_is_told_what_others_may() {
    String allowed = "{\"spec\":{\"user\":\"jane\",\"groups\":[\"devs\"],%s}}";
    String pod =
        "\"resourceAttributes\":{\"namespace\":\"default\",\"verb\":\"get\",\"resource\":\"pods\","
            + "\"name\":\"%s\"}";
    for (String path :
        List.of("subjectaccessreviews", "namespaces/default/localsubjectaccessreviews")) {
      ServedApi.Reply yes = api.post(ACCESS + path, allowed.formatted(pod.formatted("web-0")));
      assertThat(yes.code()).isEqualTo(201);
      assertThat(yes.json().path("status").toString())
          .isEqualTo(
              "{\"allowed\":true,\"reason\":\"RBAC: allowed by RoleBinding \\\"b/default\\\" of Role"
                  + " \\\"r\\\" to Group \\\"devs\\\"\"}");
      ServedApi.Reply no = api.post(ACCESS + path, allowed.formatted(pod.formatted("web-1")));
      assertThat(no.json().path("status").toString()).isEqualTo("{\"allowed\":false}");
    }
  }

  @Test
  void it_is_told_whose_a_token_is() {
    ServedApi.Reply request =
        ServedApi.ok(api.post(ACCOUNTS + "/robot/token", "{\"spec\":{\"expirationSeconds\":600}}"));
    String token = request.json().path("status").path("token").asString();
    assertThat(request.json().path("kind").asString()).isEqualTo("TokenRequest");
    assertThat(request.json().path("spec").path("audiences").path(0).asString())
        .isEqualTo("https://kubernetes.default.svc.cluster.local");
    ServedApi.Reply review =
        api.post(IDENTITY + "tokenreviews", "{\"spec\":{\"token\":\"" + token + "\"}}");
    assertThat(review.json().path("status").path("authenticated").asBoolean()).isTrue();
    assertThat(review.json().path("status").path("user").path("username").asString())
        .isEqualTo("system:serviceaccount:default:robot");
    String vault = "{\"spec\":{\"token\":\"" + token + "\",\"audiences\":[\"vault\"]}}";
    assertThat(api.post(IDENTITY + "tokenreviews", vault).json().path("status").toString())
        .isEqualTo(
            "{\"authenticated\":false,\"error\":\"the token is not valid, or not for these"
                + " audiences\"}");
  }

  @Test
  void of_the_audiences_asked_for_it_is_told_those_that_the_token_is_for() {
    String own = "https://kubernetes.default.svc.cluster.local";
    String both = "[\"vault\",\"" + own + "\"]";
    assertThat(audiences("[]", both)).isEqualTo("[\"" + own + "\"]");
    assertThat(audiences("[\"vault\",\"other\"]", both)).isEqualTo("[\"vault\"]");
    assertThat(audiences(both, both)).isEqualTo(both);
  }

  private static String audiences(String ofToken, String asked) {
    ServedApi.Reply made =
        ServedApi.ok(
            api.post(ACCOUNTS + "/robot/token", "{\"spec\":{\"audiences\":" + ofToken + "}}"));
    String token = made.json().path("status").path("token").asString();
    String review = "{\"spec\":{\"token\":\"%s\",\"audiences\":%s}}".formatted(token, asked);
    return api.post(IDENTITY + "tokenreviews", review).json().at("/status/audiences").toString();
  }

  @Test
  void a_token_is_bound_to_what_is_there_only() {
    String bound =
        "{\"spec\":{\"boundObjectRef\":{\"kind\":\"%s\",\"apiVersion\":\"v1\",\"name\":\"s\",%s}}}";
    String path = ACCOUNTS + "/robot/token";
    assertThat(api.post(path, bound.formatted("Secret", "\"uid\":\"\"")).code()).isEqualTo(404);
    ServedApi.ok(api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}"));
    ServedApi.ok(api.post(path, bound.formatted("Secret", "\"uid\":\"\"")));
    assertThat(api.post(path, bound.formatted("Secret", "\"uid\":\"other\"")).code())
        .isEqualTo(409);
    assertThat(api.post(path, bound.formatted("ConfigMap", "\"uid\":\"\"")).code()).isEqualTo(422);
  }

  @Test
  void a_token_is_bound_to_a_pod_that_runs_as_its_account_only() {
    String pod =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    String pods = "/api/v1/namespaces/default/pods";
    ServedApi.ok(api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"default\"}}"));
    ServedApi.ok(api.post(pods, pod.formatted("others", "")));
    ServedApi.ok(api.post(pods, pod.formatted("own", "\"serviceAccountName\":\"robot\",")));
    String path = ACCOUNTS + "/robot/token";
    String bound = "{\"spec\":{\"boundObjectRef\":{\"kind\":\"Pod\",\"name\":\"%s\"}}}";
    ServedApi.ok(api.post(path, bound.formatted("own")));
    ServedApi.Reply refused = api.post(path, bound.formatted("others"));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "cannot bind token for serviceaccount \"robot\" to pod running with different"
                + " serviceaccount name.");
  }

  @Test
  void a_question_that_is_none_is_refused() {
    ServedApi.Reply neither = api.post(ACCESS + "selfsubjectaccessreviews", "{\"spec\":{}}");
    assertThat(neither.code()).isEqualTo(422);
    assertThat(neither.message())
        .contains("exactly one of nonResourceAttributes or resourceAttributes must be specified");
    assertThat(api.post(ACCESS + "selfsubjectrulesreviews", "{}").message())
        .isEqualTo("no namespace on request");
    assertThat(api.get(ACCESS + "selfsubjectaccessreviews").code()).isEqualTo(405);
    assertThat(api.send("GET", "/api", null, Map.of("Impersonate-Group", "g")).code())
        .isEqualTo(400);
  }

  /** The answer to any body is a Status or a review, never a failure of ours. */
  @Test
  void odd_bodies_are_the_senders_fault() {
    Random random = new Random(7);
    List<String> paths =
        List.of(
            ACCESS + "selfsubjectaccessreviews",
            ACCESS + "subjectaccessreviews",
            ACCESS + "selfsubjectrulesreviews",
            IDENTITY + "selfsubjectreviews",
            IDENTITY + "tokenreviews",
            ACCOUNTS + "/robot/token");
    List<String> values =
        List.of("null", "1", "\"x\"", "[]", "{}", "[null]", "{\"resource\":null}", "-1", "[[]]");
    List<String> fields =
        List.of("user", "groups", "extra", "token", "audiences", "namespace", "expirationSeconds");
    for (int round = 0; round < 400; round++) {
      String spec =
          "{\"%s\":%s,\"resourceAttributes\":%s,\"boundObjectRef\":%s}"
              .formatted(any(random, fields), any(random, values), any(random, values), "null");
      String body =
          "{\"metadata\":%s,\"spec\":%s}"
              .formatted(any(random, values), random.nextInt(4) == 0 ? any(random, values) : spec);
      ServedApi.Reply reply = api.post(any(random, paths), body);
      assertThat(reply.code()).as("%s: %s", body, reply.body()).isLessThan(500);
    }
  }

  private static String any(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
