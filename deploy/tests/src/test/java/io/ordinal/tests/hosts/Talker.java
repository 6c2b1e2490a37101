package io.ordinal.tests.hosts;

import java.util.ArrayList;
import java.util.List;

/** A pod that says something all the time, and has a Redis that listens at its own address. */
final class Talker {
  /** On which its Redis listens. */
  static final int PORT = 6399;

  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: %1$s, annotations: {ordinal.io/failover: manual}}
      spec:
        serviceName: %1$s
        replicas: 1
        selector: {matchLabels: {app: %1$s}}
        template:
          metadata: {labels: {app: %1$s}}
          spec:
            nodeSelector: {kubernetes.io/hostname: %2$s}
            terminationGracePeriodSeconds: 0
            containers:
              - name: main
                image: busybox
                command: ["sh", "-c", "i=0; while sleep 0.2; do i=$((i+1)); echo line $i; done"]
              - name: redis
                image: redis:7.0
                command: ["redis-server", "--port", "%3$d", "--bind", "$(POD_IP)", "--save", "",
                  "--protected-mode", "no"]
                env:
                  - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
      """;

  private Talker() {}

  /** Its containers are called main and redis. */
  static String set(String name, Host host) {
    return SET.formatted(name, host.name(), PORT);
  }

  /** To whom port-forward is asked to lead from a port of this machine. */
  static String ports(int port) {
    return port + ":" + PORT;
  }

  /** How a command in the first container begins, for kubectl. */
  static List<String> exec(String pod, String... command) {
    List<String> words = new ArrayList<>(List.of("exec", "-i", pod, "-c", "main", "--"));
    words.addAll(List.of(command));
    return words;
  }
}
