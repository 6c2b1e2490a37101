package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.auth.ClientCertificates;
import io.ordinal.controller.api.auth.ServerTls;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.api.schema.Shapes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real kubectl makes of the schemas, of both versions of OpenAPI. */
class ExplainTest {
  private static final String V2 = "--output=plaintext-openapiv2";

  @TempDir static Path directory;
  private static ServedApi api;
  private static Kubectl kubectl;

  @BeforeAll
  static void serve() throws Exception {
    TestCertificates certificates = new TestCertificates();
    TestCertificates.Holder server = certificates.issue("CN=server");
    api =
        new ServedApi(
            new ClientCertificates(certificates.ca.certificate(), InstantSource.system()),
            Optional.of(
                ServerTls.context(
                    server.key(), List.of(server.certificate()), certificates.ca.certificate())),
            false);
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
