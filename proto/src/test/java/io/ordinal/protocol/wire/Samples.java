package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ContainerOrder.EnvOrder;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.agent.ProbeOrder.Check;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose;
import io.ordinal.protocol.agent.StreamWord;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** One full message of every kind, and messages at the edges of what they may say. */
record Samples(
    ActorRef<AgentCommand> agent,
    ActorRef<LogChunk> reader,
    ActorRef<NodeUsage> top,
    ActorRef<StreamMessage> end,
    ActorRef<StreamAnswer> asker) {
  static final ReplicaId WEB_0 = new ReplicaId("shop", "web-0");
  static final Incarnation SEVEN = new Incarnation(7);
  static final Incarnation HIGHEST = new Incarnation(Long.MAX_VALUE);
  static final Session SESSION = new Session(new NodeName("alpha"), new UUID(1, 2), "boot-1", 42);
  static final Session LAST = new Session(new NodeName("ä"), new UUID(-1, -1), "", Long.MAX_VALUE);
  static final Instant START = Instant.parse("2026-11-20T10:00:00.123456789Z");
  static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  /** By the name under which the golden bytes stand. */
  Map<String, Object> full() {
    Map<String, Object> full = new LinkedHashMap<>();
    full.put(
        "hello",
        new FrontDoorRequest.Hello(
            SESSION.node(),
            SESSION.stateUuid(),
            "boot-1",
            Optional.empty(),
            Optional.of(SESSION),
            Optional.empty(),
            false,
            new NodeInventory(
                "10.0.0.1",
                Map.of("cpu", "2", "memory", "4Gi"),
                Map.of("rack", "r1"),
                Map.of("kernelVersion", "6.1.0", "mountNamespaces", "true")),
            List.of(status()),
            agent));
    full.put("renew", new FrontDoorRequest.Renew(SESSION, 3, agent));
    full.put("confirm", new FrontDoorRequest.Confirm(SESSION, WEB_0, SEVEN, agent));
    full.put("refresh", new FrontDoorRequest.Refresh(SESSION, WEB_0, SEVEN, agent));
    full.put(
        "refreshed",
        new AgentCommand.Refreshed(
            WEB_0,
            SEVEN,
            List.of(new VolumeOrder.Files("token", Map.of(), 0644, Duration.ofMinutes(48)))));
    full.put("report", new FrontDoorRequest.Report(SESSION, status(), agent));
    full.put(
        "happened",
        new FrontDoorRequest.Happened(
            SESSION, WEB_0, SEVEN, "uid-1", new AgentEvent(true, "BackOff", "again", "db")));
    full.put("welcome", new AgentCommand.Welcome(SESSION, Duration.ofMillis(6500)));
    full.put("not-now", new AgentCommand.NotNow("another machine has this name"));
    full.put("granted", new AgentCommand.Granted(SESSION, 3));
    full.put("lapsed", new AgentCommand.Lapsed(SESSION));
    full.put("start", new AgentCommand.Start(WEB_0, SEVEN));
    full.put("confirmed", new AgentCommand.Confirmed(order()));
    full.put("over", new AgentCommand.Over(WEB_0, SEVEN));
    full.put("stop", new AgentCommand.Stop(WEB_0, SEVEN, Duration.ofSeconds(30)));
    full.put("noted", new AgentCommand.Noted(WEB_0, SEVEN, 9));
    full.put(
        "read-log",
        new AgentCommand.ReadLog(
            WEB_0, "db", true, 4096, -1, 65536, Duration.ofSeconds(10), reader));
    full.put("remove-volume", new AgentCommand.RemoveVolume("pvc-1"));
    full.put(
        "volume-removed",
        new FrontDoorRequest.VolumeRemoved(SESSION, "pvc-1", Optional.of("in use")));
    full.put("set-fenced", new AgentCommand.SetFenced(WEB_0, SEVEN, false, 31));
    full.put("rest", new FrontDoorRequest.Rest(SESSION, 4, agent));
    full.put("resting", new AgentCommand.Resting(SESSION));
    full.put("armed", new FrontDoorRequest.Armed(SESSION, 5, agent));
    full.put(
        "inject",
        new AgentCommand.Inject(
            "drill-1", new Fault.CutOff(List.of("10.0.0.1", "10.0.0.2")), Duration.ofSeconds(30)));
    full.put("revert", new AgentCommand.Revert("drill-1"));
    full.put(
        "injected",
        new FrontDoorRequest.Injected(
            "alpha",
            "drill-1",
            FrontDoorRequest.Injected.State.ACTIVE,
            "cut off",
            START,
            Optional.of(SESSION)));
    full.put("read-usage", new AgentCommand.ReadUsage(top));
    full.put(
        "node-usage",
        new NodeUsage(
            START,
            Duration.ofMillis(1500),
            new NodeUsage.Amount(2_500_000_000L, 1L << 33),
            List.of(
                new NodeUsage.OfContainer(
                    WEB_0, "db", new NodeUsage.Amount(250_000_000, 1L << 20)))));
    full.put("log-chunk", new LogChunk("line\n".getBytes(), 5, true, Optional.of("gone")));
    full.put("open-stream", opening(purposes().get(0)));
    full.put("stream-opened", new StreamAnswer.Opened(end));
    full.put("stream-refused", new StreamAnswer.Refused("gone"));
    full.put("stream", new StreamMessage(3, words().get(1)));
    return full;
  }

  AgentCommand.OpenStream opening(StreamPurpose purpose) {
    return new AgentCommand.OpenStream(WEB_0, "uid-1", purpose, asker);
  }

  /** One of every kind. */
  List<StreamWord> words() {
    return List.of(
        new StreamWord.Begin(end),
        new StreamWord.Data(StreamWord.ERRORS, 1L << 40, ByteString.fromString("bytes")),
        new StreamWord.End(StreamWord.OUTPUT, Long.MAX_VALUE),
        new StreamWord.Credit(StreamWord.INPUT, 65536),
        new StreamWord.Resize(80, 24),
        new StreamWord.Exited(137),
        new StreamWord.Failed("connection refused"),
        new StreamWord.Alive());
  }

  /** One of every kind. */
  static List<StreamPurpose> purposes() {
    StreamPurpose.Wanted wanted = new StreamPurpose.Wanted(true, true, false, true);
    return List.of(
        new StreamPurpose.Exec("db", List.of("sh", "-c", "", "ä"), wanted),
        new StreamPurpose.Attach("db", new StreamPurpose.Wanted(false, true, true, false)),
        new StreamPurpose.Forward(65535));
  }

  /** The least and the most that messages may say. None has an array inside. */
  List<Object> extremes() {
    LifeStatus bare =
        new LifeStatus(
            WEB_0,
            Incarnation.NONE,
            Long.MIN_VALUE,
            LifeStatus.Phase.ENDED,
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            "",
            "",
            false);
    NodeInventory nothing = new NodeInventory("", Map.of(), Map.of(), Map.of());
    return List.of(
        new FrontDoorRequest.Hello(
            LAST.node(),
            LAST.stateUuid(),
            "b",
            Optional.of(new MachineId("m")),
            Optional.empty(),
            Optional.of(SESSION),
            true,
            nothing,
            List.of(),
            agent),
        new FrontDoorRequest.Renew(LAST, Long.MAX_VALUE, agent),
        new FrontDoorRequest.Renew(LAST, 0, agent),
        new FrontDoorRequest.Confirm(LAST, WEB_0, HIGHEST, agent),
        new FrontDoorRequest.Report(LAST, bare, agent),
        new FrontDoorRequest.Happened(
            LAST, WEB_0, HIGHEST, "", new AgentEvent(false, "", "x".repeat(100_000), "")),
        new AgentCommand.Welcome(LAST, LONGEST, true),
        new AgentCommand.SetFenced(WEB_0, HIGHEST, true, Long.MAX_VALUE),
        new AgentCommand.RemoveVolume("pv", "/srv/shared/pv"),
        new AgentCommand.Inject("d", new Fault.Stop(), Duration.ZERO),
        new FrontDoorRequest.Injected(
            "m", "d", FrontDoorRequest.Injected.State.REFUSED, "", Instant.MIN, Optional.of(LAST)),
        new AgentCommand.Confirmed(laterOrder()),
        new FrontDoorRequest.Report(LAST, fenced(bare), agent),
        new AgentCommand.NotNow(""),
        new AgentCommand.Granted(LAST, Long.MAX_VALUE, true),
        new AgentCommand.Lapsed(LAST),
        new AgentCommand.Start(WEB_0, HIGHEST),
        new AgentCommand.Confirmed(bareOrder()),
        new AgentCommand.Over(WEB_0, HIGHEST),
        new AgentCommand.Stop(WEB_0, HIGHEST, Duration.ZERO),
        new AgentCommand.Noted(WEB_0, HIGHEST, Long.MAX_VALUE),
        new FrontDoorRequest.VolumeRemoved(LAST, "pv", Optional.empty()),
        new AgentCommand.ReadLog(
            WEB_0, "", false, 0, Long.MIN_VALUE, Integer.MAX_VALUE, Duration.ZERO, reader));
  }

  /** Every state of a container, and a life with everything known about it. */
  static LifeStatus status() {
    ContainerState.Terminated ended =
        new ContainerState.Terminated(137, 9, "Error", "killed", Instant.MIN, Instant.MAX);
    return new LifeStatus(
        WEB_0,
        SEVEN,
        12,
        LifeStatus.Phase.RUNNING,
        true,
        Optional.of("127.64.0.7"),
        Optional.of(START),
        List.of(container("init", ended, Optional.empty())),
        List.of(
            container("db", new ContainerState.Running(START), Optional.of(ended)),
            container(
                "side", new ContainerState.Waiting("CrashLoopBackOff", "5 s"), Optional.of(ended))),
        "Odd",
        "for people: ü",
        false);
  }

  /** Every kind of volume but files, of check and of variable. */
  static LifeOrder order() {
    ProbeOrder exec = probe(new Check.Exec(List.of("redis-cli", "ping")));
    ProbeOrder http =
        probe(new Check.HttpGet("HTTP", "", 8080, "/healthz", Map.of("X-Probe", "yes", "A", "b")));
    ProbeOrder tcp = probe(new Check.TcpSocket("127.0.0.1", 65535));
    ContainerOrder db =
        new ContainerOrder(
            "db",
            "redis:7",
            List.of("redis-server"),
            List.of("--appendonly", "yes", ""),
            "/data",
            List.of(new EnvOrder.Value("A", ""), new EnvOrder.Field("IP", "status.podIP")),
            List.of(new MountOrder("data", "/data", "sub", true)),
            Optional.of(exec),
            Optional.of(http),
            Optional.of(tcp),
            Optional.of(exec.check()),
            Optional.of(tcp.check()));
    return new LifeOrder(
        WEB_0,
        SEVEN,
        SESSION,
        "uid-1",
        true,
        "web-0",
        "web",
        0,
        LifeOrder.RestartPolicy.ON_FAILURE,
        Duration.ofSeconds(30),
        List.of(bareContainer("init")),
        List.of(db),
        List.of(
            new VolumeOrder.Claimed(
                "data", "pvc-1", "data-web-0", true, new VolumeOrder.Local("/srv", "")),
            new VolumeOrder.Empty("tmp"),
            new VolumeOrder.Host("etc", "/etc")),
        Map.of("app", "web", "b", ""),
        Map.of("note", "n"),
        Optional.empty());
  }

  static LifeOrder bareOrder() {
    return new LifeOrder(
        WEB_0,
        HIGHEST,
        LAST,
        "u",
        false,
        "",
        "",
        -1,
        LifeOrder.RestartPolicy.NEVER,
        Duration.ZERO,
        List.of(),
        List.of(bareContainer("c")),
        List.of(),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  /** What orders came to say later: full() keeps the bytes of the first release. */
  static LifeOrder laterOrder() {
    LifeOrder bare = bareOrder();
    return new LifeOrder(
        bare.replica(),
        bare.incarnation(),
        bare.session(),
        bare.podUid(),
        bare.fenced(),
        bare.hostname(),
        bare.set(),
        bare.ordinal(),
        bare.restartPolicy(),
        bare.terminationGrace(),
        bare.initContainers(),
        bare.containers(),
        List.of(
            new VolumeOrder.Claimed(
                "data",
                "pv",
                "c",
                false,
                new VolumeOrder.Shared("/srv/pv", "/usr/bin/fence", true, true)),
            new VolumeOrder.Claimed(
                "own",
                "pvc-2",
                "c2",
                false,
                new VolumeOrder.Local("", SESSION.stateUuid().toString()))),
        bare.labels(),
        bare.annotations(),
        Optional.of("10.1.0.7"));
  }

  static List<Fault> faults() {
    return List.of(
        new Fault.KillMember(true),
        new Fault.FreezeMember(),
        new Fault.CutOff(List.of()),
        new Fault.KillReplica(WEB_0),
        new Fault.FreezeReplica(WEB_0),
        new Fault.Stop());
  }

  private static LifeStatus fenced(LifeStatus kept) {
    return new LifeStatus(
        kept.replica(),
        kept.incarnation(),
        kept.version(),
        kept.phase(),
        kept.ready(),
        kept.address(),
        kept.startedAt(),
        kept.initContainers(),
        kept.containers(),
        kept.reason(),
        kept.message(),
        true,
        Long.MAX_VALUE);
  }

  private static ContainerOrder bareContainer(String name) {
    return new ContainerOrder(
        name,
        "",
        List.of(),
        List.of(),
        "",
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ProbeOrder probe(Check check) {
    return new ProbeOrder(
        check, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3);
  }

  private static ContainerStatus container(
      String name, ContainerState state, Optional<ContainerState.Terminated> last) {
    return new ContainerStatus(name, "redis:7", true, true, 2, state, last, "process://1");
  }
}
