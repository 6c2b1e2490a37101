package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.ordinal.agent.boot.Agent;
import io.ordinal.controller.store.StoreLeft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This member cannot run with its directory and its settings as they are: starting it again changes
 * nothing, a person must. The message says what.
 */
public final class NoWayBack extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a person does about a copy of the store that the cluster goes on without. */
  static final String OUT =
      ": if it was removed, join with an empty data directory; if it lost its disk and this is that"
          + " disk, put the one back in that took its place";

  NoWayBack(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Reads an operator's file, every setting of it: a person must mend settings that cannot be used,
   * or are not there. A disk that fails while they are read is another matter, and may pass.
   *
   * @param above words that count more than the file's
   */
  public static MemberSettings orSettings(Path file, Config above) {
    try {
      MemberSettings settings = MemberSettings.checked(file, above);
      if (settings.roles().contains(MemberSettings.Role.NODE)) {
        Agent.checkWatchdog(settings.config());
      }
      return settings;
    } catch (ConfigException.IO passing) {
      throw passing;
    } catch (ConfigException | IllegalArgumentException wrong) {
      throw new NoWayBack("the settings cannot be used", wrong);
    }
  }

  /**
   * Whether a failure comes down to this, to a store that this controller has no part in, or to a
   * setting that is missing or of another kind.
   */
  public static boolean in(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      boolean lasting =
          each instanceof NoWayBack || each instanceof StoreLeft || each instanceof WrongSettings;
      boolean wrong = each instanceof ConfigException && !(each instanceof ConfigException.IO);
      if (lasting || wrong) return true;
    }
    return false;
  }

  /** What a failure and its causes say, the outermost first, in one line. */
  static String inWords(Throwable failure) {
    List<String> said = new ArrayList<>();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String words = each.getMessage() == null ? each.getClass().getName() : each.getMessage();
      if (said.stream().noneMatch(words::equals)) said.add(words);
    }
    return String.join(": ", said);
  }
}
