package io.ordinal.tests.hosts;

/** Manifests of the sets that live through faults. */
public final class Workloads {
  private Workloads() {}

  /** Sleepers without a volume, fenced: they may run anywhere. */
  public static String movable(String name, int replicas) {
    return set(name, replicas, "automatic", "OrderedReady");
  }

  /** Sleepers that stay with their node. */
  public static String kept(String name, int replicas) {
    return set(name, replicas, "manual", "OrderedReady");
  }

  /** Redis with an append-only file on a claim of its own, forced to disk at every write. */
  public static String redis(String name, int replicas) {
    return redis(name, replicas, "manual", "local");
  }

  /**
   * @param storage name of the class of its claims
   */
  public static String redis(String name, int replicas, String failover, String storage) {
    return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: %1$s
          annotations: {ordinal.io/failover: %3$s}
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
                - name: redis
                  image: redis:7.0
                  command: ["redis-server", "--port", "6379", "--protected-mode", "no", "--bind", "$(POD_IP)",
                    "--dir", "/data", "--appendonly", "yes", "--appendfsync", "always", "--save", ""]
                  env:
                    - name: POD_IP
                      valueFrom: {fieldRef: {fieldPath: status.podIP}}
                  readinessProbe:
                    tcpSocket: {port: 6379}
                    periodSeconds: 1
                  volumeMounts:
                    - {name: data, mountPath: /data}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                storageClassName: %4$s
                accessModes: [ReadWriteOnce]
                resources: {requests: {storage: 16Mi}}
        """
        .formatted(name, replicas, failover, storage);
  }

  /**
   * A sleeper with a claim that may run anywhere. It prints what it finds there, and leaves a file
   * {@code mark}.
   *
   * @param mode of access to its claim
   */
  public static String keeper(String name, String storage, String mode) {
    String mount =
        """
                  volumeMounts:
                    - {name: data, mountPath: /data}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                storageClassName: %s
                accessModes: [%s]
                resources: {requests: {storage: 16Mi}}
        """;
    String command = "[\"sh\", \"-c\", \"ls /data; echo >/data/mark; exec sleep 100000\"]";
    return set(name, 1, "automatic", "OrderedReady").replace("[\"sleep\", \"100000\"]", command)
        + mount.formatted(storage, mode);
  }

  private static String set(String name, int replicas, String failover, String policy) {
    return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: %1$s
          annotations: {ordinal.io/failover: %3$s}
        spec:
          serviceName: %1$s
          replicas: %2$d
          podManagementPolicy: %4$s
          selector:
            matchLabels: {app: %1$s}
          template:
            metadata:
              labels: {app: %1$s}
            spec:
              terminationGracePeriodSeconds: 2
              containers:
                - name: main
                  image: busybox
                  command: ["sleep", "100000"]
        """
        .formatted(name, replicas, failover, policy);
  }
}
