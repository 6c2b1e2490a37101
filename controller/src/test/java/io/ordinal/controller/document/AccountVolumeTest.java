package io.ordinal.controller.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AccountVolumeTest {
  private static final String CONTAINERS = "'containers':[{'name':'a'},{'name':'b'}]";

  @Test
  void every_container_finds_the_token_where_kubernetes_puts_it() {
    ObjectNode pod = pod("'initContainers':[{'name':'i'}]," + CONTAINERS);
    AccountVolume.mount(pod, account("robot", ""));
    assertThat(pod.at("/spec/volumes").toString())
        .matches(
            "\\[\\{\"name\":\"kube-api-access-[0-9a-f]{5}\",\"projected\":\\{\"defaultMode\":420,"
                + "\"sources\":\\[\\{\"serviceAccountToken\":\\{\"expirationSeconds\":3607,\"path\":"
                + "\"token\"}},\\{\"configMap\":\\{\"items\":\\[\\{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}],"
                + "\"name\":\"kube-root-ca.crt\"}},\\{\"downwardAPI\":\\{\"items\":\\[\\{\"fieldRef\":"
                + "\\{\"apiVersion\":\"v1\",\"fieldPath\":\"metadata.namespace\"},\"path\":\"namespace\"}"
                + "]}}]}}]");
    String name = pod.at("/spec/volumes/0/name").asString();
    for (String container : new String[] {"initContainers/0", "containers/0", "containers/1"}) {
      assertThat(pod.at("/spec/" + container + "/volumeMounts").toString())
          .isEqualTo(
              "[{\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\",\"name\":\""
                  + name
                  + "\",\"readOnly\":true}]");
    }
  }

  @Test
  void the_pod_decides_then_its_account_then_whether_it_names_one() {
    assertThat(has("", "robot", "")).isTrue();
    assertThat(has("", "default", "")).isFalse();
    assertThat(has("", "default", "'automountServiceAccountToken':true")).isTrue();
    assertThat(has("", "robot", "'automountServiceAccountToken':false")).isFalse();
    assertThat(
            has(
                "'automountServiceAccountToken':true,",
                "robot",
                "'automountServiceAccountToken':false"))
        .isTrue();
    assertThat(has("'automountServiceAccountToken':false,", "robot", "")).isFalse();
    assertThat(has("'automountServiceAccountToken':true,", "default", "")).isTrue();
  }

  @Test
  void what_stands_there_already_stays() {
    ObjectNode pod =
        pod(
            "'containers':[{'name':'a','volumeMounts':[{'name':'mine','mountPath':"
                + "'/var/run/secrets/kubernetes.io/serviceaccount'}]}]");
    ObjectNode before = pod.deepCopy();
    AccountVolume.mount(pod, account("robot", ""));
    assertThat(pod).isEqualTo(before);
  }

  @Test
  void a_container_that_was_added_to_a_pod_that_was_read_gets_the_volume_that_is_there() {
    ObjectNode pod = pod("'containers':[{'name':'a'}]");
    AccountVolume.mount(pod, account("robot", ""));
    pod.withArray("/spec/containers").addObject().put("name", "b");
    AccountVolume.mount(pod, account("robot", ""));
    assertThat(pod.at("/spec/volumes")).hasSize(1);
    assertThat(pod.at("/spec/containers/1/volumeMounts/0/name"))
        .isEqualTo(pod.at("/spec/volumes/0/name"));
  }

  private static boolean has(String ofPod, String account, String ofAccount) {
    ObjectNode pod = pod(ofPod + CONTAINERS);
    AccountVolume.mount(pod, account(account, ofAccount));
    return AccountVolume.isMounted(pod.at("/spec/containers/0"));
  }

  private static ApiObject account(String name, String more) {
    String comma = more.isEmpty() ? "" : "," + more;
    return new ApiObject(tree("{'metadata':{'name':'" + name + "'}" + comma + "}"));
  }

  private static ObjectNode pod(String spec) {
    return tree("{'metadata':{'namespace':'shop','name':'web-0'},'spec':{" + spec + "}}");
  }

  private static ObjectNode tree(String text) {
    return Json.object(text.replace('\'', '"').getBytes(UTF_8));
  }
}
