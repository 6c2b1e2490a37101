package io.ordinal.agent.logs;

import io.ordinal.agent.driver.ContainerRun;
import java.nio.file.Path;

/** Where runs write their output. */
public interface LogPlaces {
  /** The file of this run, whether or not it exists. */
  Path logOf(ContainerRun run);
}
