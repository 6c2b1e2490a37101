package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.agent.ProbeOrder.Check;
import io.ordinal.protocol.wire.v1.CheckWire;
import io.ordinal.protocol.wire.v1.ExecWire;
import io.ordinal.protocol.wire.v1.HttpGetWire;
import io.ordinal.protocol.wire.v1.ProbeOrderWire;
import io.ordinal.protocol.wire.v1.TcpSocketWire;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Questions to containers, on the wire. */
final class ProbeCodec {
  private static final Check.Cases<CheckWire> TO_WIRE =
      new Check.Cases<>() {
        @Override
        public CheckWire exec(Check.Exec check) {
          return CheckWire.newBuilder()
              .setExec(ExecWire.newBuilder().addAllCommand(check.command()))
              .build();
        }

        @Override
        public CheckWire httpGet(Check.HttpGet check) {
          return CheckWire.newBuilder()
              .setHttpGet(
                  HttpGetWire.newBuilder()
                      .setScheme(check.scheme())
                      .setHost(check.host())
                      .setPort(check.port())
                      .setPath(check.path())
                      .putAllHeaders(new TreeMap<>(check.headers())))
              .build();
        }

        @Override
        public CheckWire tcpSocket(Check.TcpSocket check) {
          return CheckWire.newBuilder()
              .setTcpSocket(TcpSocketWire.newBuilder().setHost(check.host()).setPort(check.port()))
              .build();
        }
      };

  private ProbeCodec() {}

  static ProbeOrderWire toWire(ProbeOrder probe) {
    return ProbeOrderWire.newBuilder()
        .setCheck(toWire(probe.check()))
        .setInitialDelay(Times.toWire(probe.initialDelay()))
        .setPeriod(Times.toWire(probe.period()))
        .setTimeout(Times.toWire(probe.timeout()))
        .setSuccessThreshold(probe.successThreshold())
        .setFailureThreshold(probe.failureThreshold())
        .build();
  }

  static ProbeOrder fromWire(ProbeOrderWire wire) {
    Needed.field(wire.hasPeriod() && wire.hasTimeout(), "a time of a probe");
    return new ProbeOrder(
        fromWire(wire.getCheck()),
        Times.fromWire(wire.getInitialDelay()),
        Times.fromWire(wire.getPeriod()),
        Times.fromWire(wire.getTimeout()),
        wire.getSuccessThreshold(),
        wire.getFailureThreshold());
  }

  static CheckWire toWire(Check check) {
    return check.match(TO_WIRE);
  }

  static Check fromWire(CheckWire wire) {
    return switch (wire.getCheckCase()) {
      case EXEC -> new Check.Exec(List.copyOf(wire.getExec().getCommandList()));
      case HTTP_GET -> httpGet(wire.getHttpGet());
      case TCP_SOCKET ->
          new Check.TcpSocket(wire.getTcpSocket().getHost(), wire.getTcpSocket().getPort());
      case CHECK_NOT_SET -> throw new UndecodableMessage("the question of a probe is missing");
    };
  }

  private static Check.HttpGet httpGet(HttpGetWire wire) {
    return new Check.HttpGet(
        wire.getScheme(),
        wire.getHost(),
        wire.getPort(),
        wire.getPath(),
        Map.copyOf(wire.getHeadersMap()));
  }
}
