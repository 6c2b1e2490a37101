package io.ordinal.protocol.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a container's health is asked, with the meaning that Kubernetes gives each number. */
public record ProbeOrder(
    Check check,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold) {

  /** One question to a container. */
  public sealed interface Check {
    <R> R match(Cases<R> cases);

    /** Healthy when the command, run where the container runs, exits with 0. */
    record Exec(List<String> command) implements Check {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.exec(this);
      }
    }

    /** Healthy when the answer's status is 200 to 399. An empty host means the pod's address. */
    record HttpGet(String scheme, String host, int port, String path, Map<String, String> headers)
        implements Check {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.httpGet(this);
      }
    }

    /** Healthy when a connection opens. An empty host means the pod's address. */
    record TcpSocket(String host, int port) implements Check {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.tcpSocket(this);
      }
    }

    /** One method a kind of question. */
    interface Cases<R> {
      R exec(Exec check);

      R httpGet(HttpGet check);

      R tcpSocket(TcpSocket check);
    }
  }
}
