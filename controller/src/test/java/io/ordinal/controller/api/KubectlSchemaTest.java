package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.api.schema.Shapes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real kubectl makes of the schemas, and what it makes by itself. */
@EnabledIf(
    value = "io.ordinal.controller.api.Kubectl#isRecent",
    disabledReason = "kubectl 1.27 or newer is needed")
class KubectlSchemaTest {
  private static final String V2 = "--output=plaintext-openapiv2";

  @TempDir static Path directory;
  private static ServedApi api;
  private static Kubectl kubectl;

  @BeforeAll
  static void serve() throws Exception {
    TestCertificates certificates = new TestCertificates();
    api = ServedApi.overTls(certificates, InstantSource.system());
    kubectl = new Kubectl(directory, api.server.port(), certificates, "CN=admin,O=system:masters");
    kubectl.write("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n");
    kubectl.run("create", "-f", directory.resolve("ns.yaml").toString()).ok();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** Without those of metrics: what kubectl calls nodes and pods are always the others. */
  static Stream<ResourceKind> kinds() {
    return KindRegistry.standard().all().stream().filter(kind -> !kind.measured());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_kind_is_explained_with_all_its_fields(ResourceKind kind) {
    String version = "--api-version=" + kind.apiVersion();
    String told = kubectl.run("explain", kind.plural(), version, "--recursive").ok();
    assertThat(told).contains("KIND:       " + kind.kind(), "VERSION:    " + kind.version());
    assertThat(told).contains(fields(kind).stream().map(each -> "  " + each + "\t<").toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"statefulsets", "drills"})
  void older_clients_are_told_the_same_by_version_2(String plural) {
    ResourceKind kind = kinds().filter(each -> each.plural().equals(plural)).findFirst().get();
    String told = kubectl.run("explain", plural, "--recursive", V2).ok();
    assertThat(told).contains("KIND:     " + kind.kind(), "VERSION:  " + kind.apiVersion());
    assertThat(told).contains(fields(kind).stream().map(each -> "   " + each + "\t<").toList());
  }

  @Test
  void a_field_is_explained_however_deep_it_is() {
    String path =
        "statefulset.spec.template.spec.containers.readinessProbe.httpGet.httpHeaders.name";
    assertThat(kubectl.run("explain", path).ok()).contains("FIELD: name <string>");
    assertThat(kubectl.run("explain", path, V2).ok()).contains("FIELD:    name <string>");
    assertThat(kubectl.run("explain", "pvc.spec.resources.requests").ok())
        .contains("FIELD: requests <map[string]Quantity>");
    assertThat(kubectl.run("explain", "sts.spec.nothing").output())
        .contains("field \"nothing\" does not exist");
    assertThat(kubectl.run("explain", "deployment").output())
        .contains("the server doesn't have a resource type \"deployment\"");
  }

  @Test
  void a_review_that_is_posted_is_checked_like_everything_else() {
    String review =
        """
        apiVersion: authorization.k8s.io/v1
        kind: SelfSubjectAccessReview
        spec: {resourceAttributes: {verb: get, resource: pods, %s: default}}
        """;
    Path file = kubectl.write("review.yaml", review.formatted("namespace"));
    assertThat(
            kubectl.run("create", "-f", file.toString(), "-o", "jsonpath={.status.allowed}").ok())
        .isEqualTo("true");
    kubectl.write("review.yaml", review.formatted("namespac"));
    assertThat(kubectl.run("create", "-f", file.toString()).output())
        .contains("unknown field \"spec.resourceAttributes.namespac\"");
  }

  @Test
  void what_kubectl_makes_by_itself_is_taken_and_does_not_differ_afterwards() {
    List<String> makers =
        List.of(
            "configmap made --from-literal=a=1",
            "secret generic made --from-literal=a=1",
            "secret docker-registry login --docker-username=u --docker-password=p",
            "serviceaccount made",
            "namespace made",
            "service clusterip made --tcp=80",
            "service clusterip headless --clusterip=None",
            "service externalname outside --external-name=example.com",
            "poddisruptionbudget made --min-available=1 --selector=a=b",
            "role made --verb=get --resource=pods",
            "clusterrole made --verb=get --resource=pods",
            "rolebinding made --clusterrole=view --user=bob",
            "clusterrolebinding made --clusterrole=view --user=bob");
    List<String> documents = new ArrayList<>();
    for (String words : makers) {
      documents.add(create(words, "--dry-run=client", "-o", "yaml").ok());
    }
    String file = kubectl.write("made.yaml", String.join("---\n", documents)).toString();
    String dry = kubectl.run("create", "-f", file, "--dry-run=server", "-o", "yaml").ok();
    assertThat(dry.split("\n  uid: ")).hasSize(makers.size() + 1);
    Kubectl.Result missing = kubectl.run("diff", "-f", file);
    assertThat(missing.exit()).as(missing.output()).isEqualTo(1);
    assertThat(missing.output().split("\\+  uid: ")).hasSize(makers.size() + 1);
    for (String words : makers) assertThat(create(words).ok()).contains("created");
    Kubectl.Result same = kubectl.run("diff", "-f", file);
    assertThat(same.exit()).as(same.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deployment made --image=a",
        "job made --image=a",
        "ingress made --rule=a/b=c:80",
        "priorityclass made --value=1",
        "quota made --hard=pods=1"
      })
  void what_is_not_served_is_refused_and_nothing_is_made(String words) {
    Kubectl.Result refused = create(words);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("the server could not find the requested resource");
  }

  @Test
  void a_manifest_of_a_kind_that_is_not_served_is_refused_by_its_kind() {
    String text = create("deployment made --image=a", "--dry-run=client", "-o", "yaml").ok();
    String file = kubectl.write("deployment.yaml", text).toString();
    for (String verb : List.of("apply", "create", "diff")) {
      assertThat(kubectl.run(verb, "-f", file).output())
          .contains("no matches for kind \"Deployment\" in version \"apps/v1\"");
    }
  }

  @Test
  void apply_merges_lists_by_what_the_schemas_say_of_them() {
    String set =
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: merged, finalizers: [a.b/one, a.b/two]}
        spec:
          selector: {matchLabels: {app: merged}}
          template:
            metadata: {labels: {app: merged}}
            spec:
              tolerations: [{key: a, operator: Exists}, {key: b, operator: Exists}]
              volumes: [{name: v, emptyDir: {}}, {name: w, configMap: {name: a}}]
              containers:
              - name: first
                image: a:1
                env: [{name: A, value: "1"}, {name: B, value: "2"}, {name: C, value: "3"}]
                ports: [{containerPort: 80, name: http}, {containerPort: 81, name: other}]
                volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /w}]
              - {name: second, image: b:1}
        """;
    String file = kubectl.write("merged.yaml", set).toString();
    kubectl.run("apply", "-f", file).ok();
    kubectl.write(
        "merged.yaml",
        set.replace("{name: B, value: \"2\"}, ", "")
            .replace("a.b/one, ", "")
            .replace("{name: v, emptyDir: {}}", "{name: v, configMap: {name: b}}")
            .replace("{containerPort: 80, name: http}", "{containerPort: 82, name: http}")
            .replace(", {name: w, mountPath: /w}", "")
            .replace("- {name: second, image: b:1}", "- {name: third, image: c:1}")
            .replace("{key: a, operator: Exists}, ", ""));
    String told = kubectl.run("apply", "-f", file, "-v=8").ok();
    assertThat(told)
        .contains("application/strategic-merge-patch+json", "merged configured")
        .doesNotContain("warning: error calculating patch", "/openapi/v2");
    Kubectl.Result same = kubectl.run("diff", "-f", file);
    assertThat(same.exit()).as(same.output()).isZero();
    assertThat(kubectl.run("get", "sts", "merged", "-o", "yaml").output())
        .doesNotContain("name: B\n", "second", "a.b/one", "emptyDir", "mountPath: /w")
        .contains("name: third", "containerPort: 82");
  }

  private static Kubectl.Result create(String words, String... more) {
    List<String> command = new ArrayList<>(List.of("create"));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of(more));
    return kubectl.run(command.toArray(String[]::new));
  }

  private static Set<String> fields(ResourceKind kind) {
    Set<String> fields = new TreeSet<>();
    collect(Shapes.of(kind.schema()), fields, new TreeSet<>());
    return fields;
  }

  /** Names of all fields below a type, each type once. */
  private static void collect(Shape shape, Set<String> fields, Set<String> seen) {
    if (shape instanceof Shape.ListOf list) collect(list.element(), fields, seen);
    if (shape instanceof Shape.MapOf map) collect(map.value(), fields, seen);
    if (!(shape instanceof Shape.Structure type) || !seen.add(type.name())) return;
    type.fields()
        .forEach(
            (name, field) -> {
              fields.add(name);
              collect(field, fields, seen);
            });
  }
}
