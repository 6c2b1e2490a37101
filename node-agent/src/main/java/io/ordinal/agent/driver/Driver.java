package io.ordinal.agent.driver;

import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Turns containers into processes. Never blocks the caller; blocking work is on the driver's own
 * threads. A failure that is the order's doing completes a stage with {@link LaunchRefused}.
 */
public interface Driver {
  /** Such as process; shown in container ids and in the node's status. */
  String name();

  /**
   * What it found it can do here, for the node's status: such as mountNamespaces=true,
   * treeKill=pid-namespace.
   */
  Map<String, String> traits();

  /**
   * Looks for the image without starting anything.
   *
   * @return a note for an event when the image runs though its tag is not named in the catalogue,
   *     otherwise empty
   */
  CompletionStage<String> pull(String image);

  /**
   * What the run asks for and this machine cannot give, though it runs: for an event.
   *
   * @return empty when it gets everything
   */
  Optional<String> shortfall(LaunchSpec spec);

  /**
   * Starts the run; a repeat for a run that was started before answers how that one fares and
   * starts nothing.
   */
  CompletionStage<RunStatus> start(LaunchSpec spec);

  /**
   * Everything this driver ever started and was not told to forget, found on disk and by marker
   * after a restart.
   */
  CompletionStage<Map<ContainerRun, RunStatus>> recover();

  /** Completes when no process of the run exists any more, at once when that is so already. */
  CompletionStage<Exited> exit(ContainerRun run);

  /** Sends SIGTERM to the container's first process. No effect when it has exited. */
  CompletionStage<Void> terminate(ContainerRun run);

  /** SIGKILL to every process of the run; completes when none exists any more. */
  CompletionStage<Exited> kill(ContainerRun run);

  /**
   * Changes whether the launcher watches the deadline; completes when the launcher will act on it.
   */
  CompletionStage<Void> setFenced(ContainerRun run, boolean fenced);

  /** Runs a command where the run's processes live (mounts, environment, address). */
  CompletionStage<ExecResult> exec(ContainerRun run, List<String> command, Duration timeout);

  /** Removes what is on disk of an exited run; its log stays until {@link #forgetLife}. */
  CompletionStage<Void> forget(ContainerRun run);

  /** Removes logs and files of all runs of this life. */
  CompletionStage<Void> forgetLife(ContainerRun any);

  /**
   * Every process found on this machine that is this node's but belongs to no known run, now ended;
   * also those from before the node's directory was wiped.
   */
  CompletionStage<List<Running>> endStrays();

  /**
   * @param exitCode 124 when it took longer than the timeout
   * @param output standard output and error together, at most a few kilobytes from the end
   */
  record ExecResult(int exitCode, String output) {}

  /**
   * The order cannot be carried out on this node: unknown image, command not found, mount
   * impossible.
   */
  final class LaunchRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    /**
     * @param reason as Kubernetes names it: ErrImagePull, ErrImageNeverPull,
     *     CreateContainerConfigError, CreateContainerError, RunContainerError
     */
    public LaunchRefused(String reason, String message) {
      super(message);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
