package io.ordinal.tests;

/** Manifests of small sets made of real processes. */
final class Manifest {
  private Manifest() {}

  /** A set of sleeping processes with a claim each, ready at once. */
  static String sleepers(String name, int replicas) {
    return sleepers(name, replicas, "");
  }

  /**
   * @param annotation such as {@code ordinal.io/failover: automatic}, or empty
   */
  static String sleepers(String name, int replicas, String annotation) {
    return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: %1$s
          annotations: {%3$s}
        spec:
          serviceName: %1$s
          replicas: %2$d
          selector:
            matchLabels: {app: %1$s}
          template:
            metadata:
              labels: {app: %1$s}
            spec:
              terminationGracePeriodSeconds: 5
              containers:
                - name: main
                  image: busybox
                  command: ["sh", "-c", "echo started; sleep 1000"]
                  volumeMounts:
                    - {name: data, mountPath: /data}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                accessModes: [ReadWriteOnce]
                resources: {requests: {storage: 1Mi}}
        """
        .formatted(name, replicas, annotation);
  }
}
