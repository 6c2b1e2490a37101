package io.ordinal.controller.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.replica.ReplicaState.Life;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ContainerOrder.EnvOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final ApiObject CONFIG =
      ReplicaWorld.object(
          "{'metadata':{'name':'conf'},'data':{'a.conf':'one','MODE':'fast','2bad':'x'},"
              + "'binaryData':{'b.bin':'AAE='}}");
  private static final ApiObject SECRET =
      ReplicaWorld.object("{'metadata':{'name':'sec'},'data':{'password':'aHVudGVyMg=='}}");
  private static final ApiObject VOLUME =
      ReplicaWorld.object("{'metadata':{'name':'pvc-1'},'spec':{'local':{'path':'/srv/v'}}}");
  private static final URI API = URI.create("https://[fd00::1]:6443");
  private static final String HOME = new UUID(5, 5).toString();

  @Test
  void tells_whose_life_it_is() {
    LifeOrder order = order("'containers':[{'name':'main','image':'counter'}]");
    assertThat(order.incarnation()).isEqualTo(new Incarnation(12));
    assertThat(order.set()).isEqualTo("web");
    assertThat(order.ordinal()).isZero();
    assertThat(order.hostname()).isEqualTo("web-0");
    assertThat(order.terminationGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(order.restartPolicy()).isEqualTo(LifeOrder.RestartPolicy.ALWAYS);
    assertThat(order.labels()).containsEntry("app", "web");
    assertThat(order.address()).contains("10.20.0.7");
  }

  @Test
  void resolves_variables_from_everywhere_they_may_come_from() {
    ContainerOrder container =
        container(
            "'envFrom':[{'prefix':'P_','configMapRef':{'name':'conf'}},"
                + "{'secretRef':{'name':'none','optional':true}}],"
                + "'env':[{'name':'PLAIN','value':'v'},"
                + "{'name':'KEY','valueFrom':{'configMapKeyRef':{'name':'conf','key':'MODE'}}},"
                + "{'name':'PW','valueFrom':{'secretKeyRef':{'name':'sec','key':'password'}}},"
                + "{'name':'GONE','valueFrom':{'secretKeyRef':{'name':'sec','key':'x',"
                + "'optional':true}}},"
                + "{'name':'ME','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},"
                + "{'name':'APP','valueFrom':{'fieldRef':{'fieldPath':"
                + "'metadata.labels[\\u0027app\\u0027]'}}},"
                + "{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}]");
    assertThat(container.env())
        .containsExactly(
            new EnvOrder.Value("P_2bad", "x"),
            new EnvOrder.Value("P_MODE", "fast"),
            new EnvOrder.Value("P_a.conf", "one"),
            new EnvOrder.Value("P_b.bin", "\0\1"),
            new EnvOrder.Value("PLAIN", "v"),
            new EnvOrder.Value("KEY", "fast"),
            new EnvOrder.Value("PW", "hunter2"),
            new EnvOrder.Value("ME", "web-0"),
            new EnvOrder.Value("APP", "web"),
            new EnvOrder.Field("IP", "status.podIP"));
  }

  @Test
  void a_pod_finds_its_token_the_authority_and_the_api() {
    String account =
        "'serviceAccountName':'robot','volumes':[{'name':'t','projected':{'sources':["
            + "{'serviceAccountToken':{'path':'token','expirationSeconds':3607}},"
            + "{'serviceAccountToken':{'path':'vault','audience':'vault',"
            + "'expirationSeconds':600}},"
            + "{'configMap':{'name':'kube-root-ca.crt','items':[{'key':'ca.crt',"
            + "'path':'ca.crt'}]}}]}}],";
    LifeOrder order =
        order(
            account
                + "'containers':[{'name':'main','image':'x','volumeMounts':[{'name':'t',"
                + "'mountPath':'/var/run/secrets/kubernetes.io/serviceaccount'}]},"
                + "{'name':'plain','image':'x'}]");
    VolumeOrder.Files files = (VolumeOrder.Files) order.volumes().get(0);
    assertThat(files.files()).containsOnlyKeys("token", "vault", "ca.crt");
    assertThat(files.files().get("token")).asString(UTF_8).isEqualTo("token of robot for ");
    assertThat(files.files().get("vault")).asString(UTF_8).isEqualTo("token of robot for vault");
    assertThat(files.files().get("ca.crt")).asString(UTF_8).isEqualTo("PEM");
    assertThat(files.renewal()).as("of the first to expire").isEqualTo(Duration.ofSeconds(480));
    assertThat(order.containers().get(0).env())
        .containsExactly(
            new EnvOrder.Value("KUBERNETES_SERVICE_HOST", "fd00::1"),
            new EnvOrder.Value("KUBERNETES_SERVICE_PORT", "6443"),
            new EnvOrder.Value("KUBERNETES_SERVICE_PORT_HTTPS", "6443"));
    assertThat(order.containers().get(1).env()).isEmpty();
  }

  @Test
  void tokens_alone_are_made_anew_though_other_things_of_the_pod_are_gone() {
    Placed placed =
        placed(
            "'serviceAccountName':'robot','volumes':[{'name':'c','configMap':{'name':'gone'}},"
                + "{'name':'d','persistentVolumeClaim':{'claimName':'gone'}},"
                + "{'name':'t','projected':{'defaultMode':416,'sources':["
                + "{'secret':{'name':'gone'}},{'serviceAccountToken':{'path':'token'}},"
                + "{'configMap':{'name':'conf','items':[{'key':'MODE','path':'mode'}]}}]}}]");
    Sources sources = new Sources(VOLUME, claim("ReadWriteOnce"), API);
    List<VolumeOrder.Files> aging = new VolumeOrders(placed, sources).aging();
    assertThat(aging).extracting(VolumeOrder.Files::name).containsExactly("t");
    assertThat(aging.get(0).files()).containsOnlyKeys("token");
    assertThat(aging.get(0).mode()).isEqualTo(0640);
    assertThat(aging.get(0).renewal()).isEqualTo(Duration.ofMinutes(48));
  }

  @Test
  void an_api_without_a_proper_host_name_gives_no_variables() {
    Placed placed =
        placed(
            "'volumes':[{'name':'t'}],'containers':[{'name':'main','image':'x','volumeMounts':"
                + "[{'name':'t','mountPath':'/var/run/secrets/kubernetes.io/serviceaccount'}]}]");
    Sources sources = new Sources(VOLUME, VOLUME, URI.create("https://my_host:6443"));
    LifeOrder order = Orders.order(ReplicaWorld.WEB_0, placed, sources);
    assertThat(order.containers().get(0).env()).isEmpty();
  }

  @Test
  void a_token_is_not_told_by_accident() {
    assertThat(new PodCredentials.Token("secret", Duration.ofHours(1)).toString())
        .isEqualTo("Token[life=PT1H]");
  }

  @Test
  void keys_that_cannot_be_names_of_variables_are_left_out() {
    ContainerOrder container = container("'envFrom':[{'configMapRef':{'name':'conf'}}]");
    assertThat(container.env())
        .extracting(EnvOrder::name)
        .containsExactly("MODE", "a.conf", "b.bin");
  }

  @Test
  void says_what_is_missing_in_the_words_of_kubernetes() {
    for (Map.Entry<String, String> each :
        Map.of(
                "'envFrom':[{'configMapRef':{'name':'none'}}]", "configmap \"none\" not found",
                "'envFrom':[{'secretRef':{'name':'none'}}]", "secret \"none\" not found",
                "'env':[{'name':'K','valueFrom':{'configMapKeyRef':{'name':'conf','key':'x'}}}]",
                    "couldn't find key x in ConfigMap shop/conf",
                "'readinessProbe':{'tcpSocket':{'port':'http'}}",
                    "container \"main\" has no port named \"http\"")
            .entrySet()) {
      assertThatThrownBy(() -> container(each.getKey()))
          .isInstanceOf(OrderIncomplete.class)
          .hasMessage(each.getValue());
    }
  }

  @Test
  void tells_of_every_volume_that_lacks_something_before_it_looks_at_containers() {
    String volumes =
        "'volumes':[{'name':'a','configMap':{'name':'none'}},"
            + "{'name':'b','configMap':{'name':'conf','items':[{'key':'x','path':'x'}]}},"
            + "{'name':'c','secret':{'secretName':'sec','items':[{'key':'x','path':'x'}]}},"
            + "{'name':'d','secret':{'secretName':'none','optional':true}},"
            + "{'name':'e','projected':{'sources':[{'secret':{'name':'none'}}]}}]";
    String lacking = "'env':[{'name':'K','valueFrom':{'secretKeyRef':{'name':'no','key':'k'}}}]";
    String containers =
        "'initContainers':[{'name':'first','envFrom':[{'configMapRef':{'name':'no'}}]}],"
            + "'containers':[{'name':'main',%s},{'name':'well'}]".formatted(lacking);
    assertThat(lacks(containers + "," + volumes))
        .extracting(Lack::message)
        .containsExactly(
            "MountVolume.SetUp failed for volume \"a\" : configmap \"none\" not found",
            "MountVolume.SetUp failed for volume \"b\" :"
                + " configmap references non-existent config key: x",
            "MountVolume.SetUp failed for volume \"c\" : references non-existent secret key: x",
            "MountVolume.SetUp failed for volume \"e\" : secret \"none\" not found");
    assertThat(lacks(containers))
        .containsExactly(
            new Lack("initContainers", "first", "configmap \"no\" not found"),
            new Lack("containers", "main", "secret \"no\" not found"));
    assertThat(lacks("'containers':[{'name':'well'}]")).isEmpty();
  }

  private static List<Lack> lacks(String spec) {
    return Orders.lacks(placed(spec), new Sources(VOLUME, claim("ReadWriteOnce"), API));
  }

  @Test
  void turns_every_kind_of_volume_into_what_the_node_makes() {
    List<VolumeOrder> volumes =
        order(
                "'containers':[],'volumes':["
                    + "{'name':'data','persistentVolumeClaim':{'claimName':'data-web-0'}},"
                    + "{'name':'tmp','emptyDir':{}},"
                    + "{'name':'host','hostPath':{'path':'/etc'}},"
                    + "{'name':'conf','configMap':{'name':'conf','defaultMode':256,"
                    + "'items':[{'key':'MODE','path':'sub/mode'}]}},"
                    + "{'name':'all','projected':{'sources':["
                    + "{'secret':{'name':'sec'}},"
                    + "{'downwardAPI':{'items':[{'path':'labels','fieldRef':"
                    + "{'fieldPath':'metadata.labels'}}]}},"
                    + "{'configMap':{'name':'none','optional':true}}]}}]")
            .volumes();
    assertThat(volumes.get(0))
        .isEqualTo(
            new VolumeOrder.Claimed(
                "data", "pvc-1", "data-web-0", false, new VolumeOrder.Local("/srv/v", "")));
    assertThat(volumes.get(1)).isEqualTo(new VolumeOrder.Empty("tmp"));
    assertThat(volumes.get(2)).isEqualTo(new VolumeOrder.Host("host", "/etc"));
    VolumeOrder.Files conf = (VolumeOrder.Files) volumes.get(3);
    assertThat(conf.mode()).isEqualTo(256);
    assertThat(conf.files()).containsOnlyKeys("sub/mode");
    VolumeOrder.Files all = (VolumeOrder.Files) volumes.get(4);
    assertThat(all.files()).containsOnlyKeys("labels", "password");
    assertThat(new String(all.files().get("labels"), UTF_8)).isEqualTo("app=\"web\"");
    assertThat(all.mode()).isEqualTo(0644);
  }

  @Test
  void a_local_volume_says_whose_state_it_was_made_on_and_a_shared_one_does_not() {
    String pod =
        "'containers':[],'volumes':["
            + "{'name':'data','persistentVolumeClaim':{'claimName':'data-web-0'}}]";
    String annotated =
        "{'metadata':{'name':'pvc-1','annotations':{'ordinal.io/state-directory':'%s'}},";
    String local = annotated + "'spec':{'local':{'path':''}}}";
    String shared =
        annotated
            + "'spec':{'csi':{'driver':'ordinal.io/shared','volumeAttributes':{'path':'/s/v'}}}}";
    assertThat(order(pod, ReplicaWorld.object(local, HOME)).volumes())
        .containsExactly(
            new VolumeOrder.Claimed(
                "data", "pvc-1", "data-web-0", false, new VolumeOrder.Local("", HOME)));
    assertThat(order(pod, ReplicaWorld.object(shared, HOME)).volumes())
        .containsExactly(
            new VolumeOrder.Claimed(
                "data",
                "pvc-1",
                "data-web-0",
                false,
                new VolumeOrder.Shared("/s/v", "", false, false)));
  }

  @Test
  void only_the_life_that_a_shared_volume_was_made_with_may_find_it_new() {
    String pod =
        "'containers':[],'volumes':["
            + "{'name':'data','persistentVolumeClaim':{'claimName':'data-web-0'}}]";
    String shared =
        "{'metadata':{'name':'pvc-1','annotations':{'ordinal.io/first-life':'%s'}},"
            + "'spec':{'csi':{'driver':'ordinal.io/shared','volumeAttributes':{'path':'/s/v'}}}}";
    for (String life : List.of("12", "11")) {
      LifeOrder order = order(pod, ReplicaWorld.object(shared, life));
      assertThat(shared(order).mayBeNew()).as(life).isEqualTo(life.equals("12"));
    }
  }

  @Test
  void a_shared_volume_is_of_several_when_its_claim_says_many() {
    String pod =
        "'containers':[],'volumes':["
            + "{'name':'data','persistentVolumeClaim':{'claimName':'data-web-0'}}]";
    ApiObject shared =
        ReplicaWorld.object(
            "{'metadata':{'name':'pvc-1'},'spec':{'accessModes':['ReadWriteMany'],"
                + "'csi':{'driver':'ordinal.io/shared','volumeAttributes':{'path':'/s/v'}}}}");
    for (String mode : List.of("ReadWriteMany", "ReadOnlyMany", "ReadWriteOnce")) {
      LifeOrder order = order(pod, shared, claim(mode));
      assertThat(shared(order).several()).as(mode).isEqualTo(mode.endsWith("Many"));
    }
  }

  private static VolumeOrder.Shared shared(LifeOrder order) {
    VolumeOrder.Claimed claimed = (VolumeOrder.Claimed) order.volumes().get(0);
    return (VolumeOrder.Shared) claimed.storage();
  }

  @Test
  void probes_get_their_defaults_and_ports_by_name_become_numbers() {
    ContainerOrder container =
        container(
            "'ports':[{'name':'http','containerPort':8080}],"
                + "'readinessProbe':{'httpGet':{'port':'http','path':'/ready'}},"
                + "'livenessProbe':{'tcpSocket':{'port':8080},'periodSeconds':3},"
                + "'startupProbe':{'grpc':{'port':1}},"
                + "'lifecycle':{'preStop':{'exec':{'command':['bye']}}}");
    ProbeOrder readiness = container.readiness().orElseThrow();
    assertThat(readiness.check())
        .isEqualTo(new ProbeOrder.Check.HttpGet("HTTP", "", 8080, "/ready", Map.of()));
    assertThat(readiness.period()).isEqualTo(Duration.ofSeconds(10));
    assertThat(readiness.failureThreshold()).isEqualTo(3);
    assertThat(container.liveness().orElseThrow().period()).isEqualTo(Duration.ofSeconds(3));
    assertThat(container.startup()).isEmpty();
    assertThat(container.preStop()).contains(new ProbeOrder.Check.Exec(List.of("bye")));
  }

  private static ContainerOrder container(String fields) {
    return order("'containers':[{'name':'main','image':'counter'," + fields + "}]")
        .containers()
        .get(0);
  }

  private static LifeOrder order(String spec) {
    return order(spec, VOLUME);
  }

  private static LifeOrder order(String spec, ApiObject volume) {
    return order(spec, volume, claim("ReadWriteOnce"));
  }

  private static ApiObject claim(String mode) {
    return ReplicaWorld.object(
        "{'metadata':{'name':'data-web-0'},'spec':{'accessModes':['%s']}}", mode);
  }

  private static LifeOrder order(String spec, ApiObject volume, ApiObject claim) {
    return Orders.order(ReplicaWorld.WEB_0, placed(spec), new Sources(volume, claim, API));
  }

  private static Placed placed(String spec) {
    return new Placed(
        new Incarnation(12),
        Map.of("data-web-0", new ClaimBinding("c", "pvc-1", "local", "node-a")),
        new Life(PodDocument.of(pod(spec).tree()), Optional.empty()),
        new Stay(ReplicaWorld.NODE, false, 0));
  }

  static ApiObject pod(String spec) {
    ApiObject pod = new ApiObject(Json.object(ReplicaWorld.podOfSet()));
    pod.tree().set("spec", ReplicaWorld.object("{" + spec.replace("%", "%%") + "}").tree());
    return pod;
  }

  private record Sources(ApiObject persistent, ApiObject claim, URI place) implements OrderSources {
    @Override
    public Optional<ApiObject> configMap(String name) {
      return Optional.of(CONFIG).filter(each -> each.name().equals(name));
    }

    @Override
    public Optional<ApiObject> secret(String name) {
      return Optional.of(SECRET).filter(each -> each.name().equals(name));
    }

    @Override
    public Optional<ApiObject> volume(String name) {
      return Optional.of(persistent).filter(each -> each.name().equals(name));
    }

    @Override
    public Optional<ApiObject> claim(String name) {
      return Optional.of(claim).filter(each -> each.name().equals(name));
    }

    @Override
    public boolean taken(String volume) {
      return true;
    }

    @Override
    public Optional<String> address() {
      return Optional.of("10.20.0.7");
    }

    @Override
    public PodCredentials.Token token(ApiObject pod, String audience, Duration life) {
      String account = pod.spec().path("serviceAccountName").asString("");
      if (account.isEmpty()) throw new OrderIncomplete("serviceaccount \"\" not found");
      return new PodCredentials.Token("token of " + account + " for " + audience, life);
    }

    @Override
    public byte[] authority() {
      return "PEM".getBytes(UTF_8);
    }

    @Override
    public Optional<URI> api(ApiObject pod) {
      return Optional.of(place);
    }
  }
}
