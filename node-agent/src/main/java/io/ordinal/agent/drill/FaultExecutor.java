package io.ordinal.agent.drill;

import io.ordinal.agent.drill.FaultDirectory.Standing;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected.State;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has faults done by processes of their own, knows each by its drill, and sees to it that what was
 * done is undone. Blocks; used by one thread at a time.
 */
public final class FaultExecutor {
  private static final String SCRIPT = "fault.sh";
  private static final String TOOLS =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final long MILLIS_PER_HUNDREDTH = 10;

  /** A script that was started and has not said so for this long is taken for lost. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(20);

  private final FaultPlace place;
  private final DrillSettings settings;
  private final InstantSource clock;
  private final Path script;
  private final Map<String, Duration> startedAt = new HashMap<>();
  private final Map<String, State> told = new HashMap<>();

  /**
   * @param clock the machine's time of day, for what is told
   */
  public FaultExecutor(FaultPlace place, DrillSettings settings, InstantSource clock)
      throws IOException {
    this.place = place;
    this.settings = settings;
    this.clock = clock;
    Files.createDirectories(place.directory());
    this.script = install();
  }

  /** Whether this member does any fault. */
  public boolean allowed() {
    return settings.allowed(place.address());
  }

  /** Does the fault, unless it was done before or must not be. */
  public Injected inject(AgentCommand.Inject order) throws IOException {
    Optional<String> refusal = refusal(order);
    if (refusal.isPresent()) {
      return new Injected(
          place.member(),
          order.drill(),
          State.REFUSED,
          refusal.get(),
          clock.instant(),
          Optional.empty());
    }
    FaultDirectory drill = directory(order.drill());
    if (drill.exists()) return tell(drill, drill.standing());
    forgetOldest();
    drill.writeBootId(place.clock().bootId());
    drill.write(FaultPlan.render(plan(order)));
    begin("do", drill);
    return tell(drill, drill.standing());
  }

  /** Has the fault undone now. One that is not known here will not be done here either. */
  public Injected revert(AgentCommand.Revert order) throws IOException {
    if (!isName(order.drill())) {
      return new Injected(
          place.member(),
          order.drill(),
          State.REFUSED,
          "not the name of a drill",
          clock.instant(),
          Optional.empty());
    }
    FaultDirectory drill = directory(order.drill());
    if (drill.exists()) {
      if (!drill.standing().over()) drill.askToRevert();
      return tell(drill, drill.standing());
    }
    drill.write("");
    drill.say(State.REVERTED, "it was never done here", clock.instant());
    return tell(drill, drill.standing());
  }

  /**
   * Looks after every fault that is not over, and has leftovers of scripts that are gone undone.
   *
   * @return what changed since it was told
   */
  public List<Injected> look() throws IOException {
    List<Injected> news = new ArrayList<>();
    for (FaultDirectory drill : drills()) {
      if (!drill.exists()) continue;
      if (!drill.standing().over()) attend(drill);
      Standing standing = drill.standing();
      if (standing.state() != told.get(drill.drill())) news.add(tell(drill, standing));
    }
    return news;
  }

  private void attend(FaultDirectory drill) throws IOException {
    if (!drill.bootId().equals(place.clock().bootId())) {
      drill.say(State.REVERTED, "the machine was started anew", clock.instant());
    } else if (!drill.attended() && !beginning(drill)) {
      if (drill.standing().over()) return; // It has just ended in order.
      if (drill.begun()) {
        begin("hold", drill);
      } else {
        drill.askToRevert();
        drill.say(State.FAILED, "the member ended before it could begin", clock.instant());
      }
    }
  }

  private boolean beginning(FaultDirectory drill) {
    Duration since = startedAt.get(drill.drill());
    return since != null && place.clock().now().minus(since).compareTo(START_PATIENCE) < 0;
  }

  private Injected tell(FaultDirectory drill, Standing standing) {
    told.put(drill.drill(), standing.state());
    return new Injected(
        place.member(),
        drill.drill(),
        standing.state(),
        standing.message(),
        standing.at(),
        Optional.empty());
  }

  private Optional<String> refusal(AgentCommand.Inject order) throws IOException {
    if (!allowed()) {
      return Optional.of(
          "drills are not allowed on this member: ordinal.agent.drills.enabled = "
              + settings.enabled().name().toLowerCase(java.util.Locale.ROOT));
    }
    if (!isName(order.drill())) return Optional.of("not the name of a drill");
    try {
      order.fault().match(FaultPlan.WORDS);
    } catch (IllegalArgumentException cannotBe) {
      return Optional.of(cannotBe.getMessage());
    }
    Optional<ReplicaId> replica = replicaOf(order.fault());
    if (replica.isEmpty() || directory(order.drill()).exists() || runsHere(replica.get())) {
      return Optional.empty();
    }
    return Optional.of(replica.get() + " does not run here");
  }

  private static Optional<ReplicaId> replicaOf(Fault fault) {
    if (fault instanceof Fault.KillReplica kill) return Optional.of(kill.replica());
    return fault instanceof Fault.FreezeReplica freeze
        ? Optional.of(freeze.replica())
        : Optional.empty();
  }

  private boolean runsHere(ReplicaId replica) throws IOException {
    if (!Files.isDirectory(place.lives())) return false;
    String lives = replica.namespace() + "_" + replica.name() + "_*";
    try (DirectoryStream<Path> found = Files.newDirectoryStream(place.lives(), lives)) {
      for (Path life : found) if (hasRun(life)) return true;
    }
    return false;
  }

  private static boolean hasRun(Path life) throws IOException {
    try (Stream<Path> runs = Files.list(life)) {
      return runs.anyMatch(
          run -> Files.exists(run.resolve("main")) && !Files.exists(run.resolve("exit")));
    }
  }

  private Map<String, String> plan(AgentCommand.Inject order) throws IOException {
    Map<String, String> plan = order.fault().match(FaultPlan.WORDS);
    long head = settings.headStart().toMillis() / MILLIS_PER_HUNDREDTH;
    Duration until = place.clock().now().plus(settings.headStart()).plus(order.duration());
    plan.put("head", Long.toString(head));
    plan.put("until", Long.toString(until.toMillis() / MILLIS_PER_HUNDREDTH));
    plan.put("member", place.process());
    plan.put("table", "ordinal_drill_" + Integer.toHexString(place.directory().hashCode()));
    plan.put("lives", place.lives().toString());
    plan.put("marker", place.marker());
    return plan;
  }

  /** Detached: it outlives this JVM, and inherits nothing of it. */
  private void begin(String verb, FaultDirectory drill) throws IOException {
    startedAt.put(drill.drill(), place.clock().now());
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid", "--fork", "/bin/sh", script.toString(), verb, drill.path().toString());
    builder.environment().clear();
    builder.environment().put("PATH", TOOLS);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(drill.path().resolve("log").toFile()));
    builder.start();
  }

  private void forgetOldest() throws IOException {
    List<FaultDirectory> over = new ArrayList<>();
    for (FaultDirectory drill : drills()) {
      if (drill.exists() && drill.standing().over()) over.add(drill);
    }
    over.sort(Comparator.comparing(FaultExecutor::endedAt));
    for (int i = 0; i <= over.size() - settings.remember(); i++) remove(over.get(i));
  }

  private static java.time.Instant endedAt(FaultDirectory drill) {
    try {
      return drill.standing().at();
    } catch (IOException gone) {
      return java.time.Instant.EPOCH;
    }
  }

  private void remove(FaultDirectory drill) throws IOException {
    told.remove(drill.drill());
    try (Stream<Path> all = Files.walk(drill.path(), new FileVisitOption[0])) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }

  private List<FaultDirectory> drills() throws IOException {
    try (Stream<Path> all = Files.list(place.directory())) {
      return all.filter(Files::isDirectory).map(FaultDirectory::new).toList();
    }
  }

  private FaultDirectory directory(String drill) {
    return new FaultDirectory(place.directory().resolve(drill));
  }

  /** It becomes the name of a directory. */
  private static boolean isName(String drill) {
    return drill.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  }

  private Path install() throws IOException {
    try (InputStream resource = FaultExecutor.class.getResourceAsStream(SCRIPT)) {
      Path next = place.directory().resolve(SCRIPT + ".new");
      Files.copy(resource, next, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(next, place.directory().resolve(SCRIPT), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
