package io.ordinal.agent.volume;

import io.ordinal.agent.disk.FileTree;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.volume.SharedMark.Step;
import io.ordinal.agent.volume.Takeover.Attempt;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A directory that every node sees: {@code data}, which lives find, and beside it the marks of
 * those that have it, had it, or are about to. Blocks, perhaps for as long as the storage is away.
 */
final class SharedVolume {
  private static final String SIGN = ".ordinal-storage";
  private static final String MODE = "rwxr-xr-x";

  private final String volume;
  private final Path path;
  private final MarkFiles marks;
  private final Tools tools;
  private final Object lock;

  /**
   * What this node takes volumes over with.
   *
   * @param overdue when hooks of other attempts have ended
   * @param runs makes a name for each run of a hook
   * @param locks one for each volume, so that an end and a beginning do not cross
   */
  record Tools(
      VolumeSettings settings,
      FenceHook hook,
      HookVigil overdue,
      Supplier<UUID> runs,
      Map<Path, Object> locks) {
    static Tools of(VolumeSettings settings, InstantSource clock, Supplier<UUID> runs) {
      return new Tools(
          settings,
          new FenceHook(settings),
          new HookVigil(settings.hookGrace(), clock),
          runs,
          new ConcurrentHashMap<>());
    }
  }

  SharedVolume(String volume, String path, Tools tools) {
    this.volume = volume;
    this.path = Path.of(path).normalize();
    this.tools = tools;
    boolean plain = !volume.isBlank() && volume.indexOf('/') < 0;
    if (!plain || !this.path.isAbsolute() || this.path.getParent() == null) {
      throw refused("'" + path + "' is not where volume '" + volume + "' can be");
    }
    this.marks = new MarkFiles(volume, this.path);
    this.lock = tools.locks().computeIfAbsent(this.path, each -> new Object());
  }

  /**
   * Makes the life its owner, or one of them.
   *
   * @param holds this very life has it already, and only wants to know that nothing changed
   * @return the directory that the life finds
   */
  Path take(
      String claim,
      VolumeOrder.Shared order,
      LifeOrder life,
      boolean holds,
      Consumer<AgentEvent> people)
      throws IOException {
    List<SharedMark> found = marks.all();
    boolean mayBeNew = order.mayBeNew() && !holds;
    if (found.isEmpty() && !mayBeNew) throw missing(claim);
    makeDirectories();
    SharedMark mine = SharedMark.of(volume, life);
    Takeover takeover =
        new Takeover(
            mine,
            order.several(),
            order.hook().isEmpty() ? Optional.empty() : Optional.of(tools.hook().most()));
    Taking taking = new Taking(order.hook(), mine, takeover, people);
    while (!taking.done) taking.step();
    return data();
  }

  /** A directory that nothing is mounted on looks like an empty storage. */
  private LaunchRefused missing(String claim) {
    return refused(
        ("volume %s is not at %s on this machine: its storage is not mounted here, or was emptied."
                + " Mount it, or restore the directory; to give the volume up, delete claim %s and"
                + " this pod")
            .formatted(volume, path, claim));
  }

  private void makeDirectories() throws IOException {
    if (!Files.isDirectory(path.getParent())) {
      throw refused("this machine has no directory " + path.getParent());
    }
    if (!Files.exists(sign())) Files.write(sign(), new byte[0]);
    for (Path directory : List.of(path, data())) {
      VolumeFiles.directory(directory, MODE);
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(directory + " must be a directory, not a link to one");
      }
    }
  }

  /** One attempt of a life to have the volume. */
  private final class Taking implements Takeover.Cases<Action> {
    private final String hook;
    private final SharedMark mine;
    private final Takeover takeover;
    private final Consumer<AgentEvent> people;
    private Attempt attempt;
    private Duration hookEnd = Duration.ZERO;
    private boolean done;

    Taking(String hook, SharedMark mine, Takeover takeover, Consumer<AgentEvent> people) {
      this.hook = hook;
      this.mine = mine;
      this.takeover = takeover;
      this.people = people;
      this.attempt = Attempt.begin(unheardOf());
    }

    /** Nobody of this node changes marks meanwhile, except while the hook runs. */
    void step() throws IOException {
      Action hooks = () -> {};
      synchronized (lock) {
        List<SharedMark> found = marks.all();
        tools.overdue().look(volume, found);
        Takeover.Next next = takeover.next(found, attempt, tools.overdue()::ended);
        Action action = next.match(this);
        if (next instanceof Takeover.Fence) hooks = action;
        else action.run();
      }
      hooks.run();
    }

    @Override
    public Action have(Takeover.Have step) {
      return () -> {
        int remembered = tools.settings().rememberedLives();
        Takeover.Tidying tidying =
            takeover.tidying(marks.all(), attempt, remembered, tools.overdue()::ended);
        for (SharedMark mark : tidying.over()) marks.put(mark);
        for (SharedMark mark : tidying.gone()) marks.forget(mark);
        done = true;
      };
    }

    @Override
    public Action refuse(Takeover.Refuse step) {
      return () -> {
        throw refused(step.why());
      };
    }

    @Override
    public Action write(Takeover.Write step) {
      return () -> put(step.mark());
    }

    private void put(SharedMark mark) throws IOException {
      hookEnd = tools.hook().end(); // Before the mark is seen: others count from then.
      marks.put(mark);
      if (mark.step() == Step.INTENDED) attempt = attempt.anew(unheardOf());
    }

    private String unheardOf() {
      return tools.runs().get().toString();
    }

    @Override
    public Action withdraw(Takeover.Withdraw step) {
      return () -> marks.forget(step.mark());
    }

    @Override
    public Action fence(Takeover.Fence step) {
      return () -> {
        boolean over = true;
        try {
          fence(step.victim());
          attempt = attempt.with(step.victim());
        } catch (FenceHook.NotOver e) {
          over = false;
          throw e;
        } finally {
          if (over) noteEnd();
        }
      };
    }

    /** Also when the agent stops: a thread that is interrupted can write to no file. */
    private void noteEnd() throws IOException {
      boolean interrupted = Thread.interrupted();
      try {
        synchronized (lock) {
          Optional<SharedMark> ended = takeover.hookEnded(marks.all(), attempt);
          if (ended.isPresent()) put(ended.get());
        }
      } finally {
        if (interrupted) Thread.currentThread().interrupt();
      }
    }

    private void fence(SharedMark victim) throws IOException {
      String said =
          tools
              .hook()
              .run(
                  hook,
                  List.of(
                      "fence",
                      volume,
                      path.toString(),
                      victim.node(),
                      Long.toString(victim.incarnation()),
                      mine.node(),
                      Long.toString(mine.incarnation())),
                  hookEnd);
      String text =
          "volume %s was taken over from %s; %s said: %s"
              .formatted(volume, victim.node(), hook, said);
      people.accept(new AgentEvent(false, "VolumeFenced", text, ""));
    }
  }

  /** What a step does to the volume. */
  private interface Action {
    void run() throws IOException;
  }

  /** No process of the life exists: the next owner need not keep this machine from writing. */
  void leave(LifeOrder life) throws IOException {
    SharedMark mine = SharedMark.of(volume, life);
    synchronized (lock) {
      for (SharedMark mark : marks.all()) {
        if (mark.isOf(mine) && !mark.released()) marks.put(mark.left());
      }
    }
  }

  /**
   * Removes all of it, if it is this volume at all. What is not there is gone, where the storage's
   * sign shows that it is mounted.
   */
  void remove() throws IOException {
    Path gone = path.resolveSibling(".removed-" + volume);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (marks.all().isEmpty()) {
        throw new IllegalStateException(path + " bears no mark of volume " + volume);
      }
      tools.overdue().look(volume, List.of());
      FileTree.remove(gone);
      Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
    } else if (!Files.exists(sign())) {
      throw new IllegalStateException(
          "the storage of %s is not mounted here: there is no %s".formatted(path, sign()));
    }
    FileTree.remove(gone);
  }

  /** Made with the storage's first volume; only storage that is mounted bears it. */
  private Path sign() {
    return path.resolveSibling(SIGN);
  }

  private Path data() {
    return path.resolve("data");
  }

  private static LaunchRefused refused(String message) {
    return new LaunchRefused(VolumeFiles.FAILED, message);
  }
}
