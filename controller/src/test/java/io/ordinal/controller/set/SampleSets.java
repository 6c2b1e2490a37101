package io.ordinal.controller.set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** A defaulted StatefulSet {@code default/web} with one claim template. */
final class SampleSets {
  /** Always holds. */
  static final Supplier<Operation> IN_OFFICE =
      () -> new Operation.ExpectRecord(new RecordKey("formation", "current"), RecordCondition.ANY);

  private static final String SET =
      """
      {"kind":"StatefulSet","apiVersion":"apps/v1",
       "metadata":{"name":"web","namespace":"default","uid":"set-1","generation":1,
         "creationTimestamp":"2029-12-31T00:00:00Z",
         "annotations":{"ordinal.io/failover":"manual","kubernetes.io/change-cause":"first"}},
       "spec":{"replicas":3,"serviceName":"web-headless","podManagementPolicy":"OrderedReady",
         "revisionHistoryLimit":10,
         "updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},
         "persistentVolumeClaimRetentionPolicy":{"whenScaled":"Retain","whenDeleted":"Retain"},
         "selector":{"matchLabels":{"app":"web"}},
         "template":{"metadata":{"labels":{"app":"web"},"annotations":{"note":"a<b"}},
           "spec":{"restartPolicy":"Always","terminationGracePeriodSeconds":30,
             "dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler","securityContext":{},
             "containers":[{"name":"main","image":"counter:1",
               "resources":{"limits":{"memory":"64Mi"}},
               "volumeMounts":[{"name":"data","mountPath":"/data"}]}]}},
         "volumeClaimTemplates":[{"kind":"PersistentVolumeClaim","apiVersion":"v1",
           "metadata":{"name":"data","labels":{"tier":"db","app":"other"}},
           "spec":{"accessModes":["ReadWriteOnce"],"volumeMode":"Filesystem",
             "resources":{"requests":{"storage":"1Gi"}}},
           "status":{"phase":"Pending"}}]},
       "status":{"replicas":0}}
      """;

  private SampleSets() {}

  static ObjectNode tree() {
    return Json.object(SET.getBytes(UTF_8));
  }

  static ApiObject set() {
    return new ApiObject(tree());
  }

  static ObjectNode withImage(ObjectNode set, String image) {
    ObjectNode container = (ObjectNode) set.at("/spec/template/spec/containers/0");
    container.put("image", image);
    return set;
  }

  /** Impatient ones, so that tests need not wait. */
  static SetSettings settings(Duration resync, Duration retakeAfter) {
    return new SetSettings(
        resync, ofMillis(20), ofMillis(100), retakeAfter, ofSeconds(10), 100, ofMillis(200));
  }
}
