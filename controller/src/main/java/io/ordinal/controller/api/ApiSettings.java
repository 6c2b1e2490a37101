package io.ordinal.controller.api;

import com.sun.management.UnixOperatingSystemMXBean;
import com.typesafe.config.Config;
import io.ordinal.controller.api.access.AccessSettings;
import io.ordinal.controller.api.audit.AuditSettings;
import io.ordinal.controller.api.call.EncodingSettings;
import io.ordinal.controller.api.connection.ConnectionSettings;
import io.ordinal.controller.api.log.LogSettings;
import io.ordinal.controller.api.read.ConfirmPatience;
import io.ordinal.controller.api.read.ListSettings;
import io.ordinal.controller.api.read.PastSettings;
import io.ordinal.controller.api.stream.StreamSettings;
import io.ordinal.controller.api.watch.WatchSettings;
import io.ordinal.controller.api.write.WriteSettings;
import io.ordinal.controller.setting.Section;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/**
 * Settings of {@code ordinal.api}.
 *
 * @param port 0 for any that is free
 * @param bodyLimitBytes of a request's body
 * @param bodyRoomBytes what all bodies that are received or worked on may take together
 * @param bodyPatience how long a client may take to send it
 * @param usagePatience how long a node may take to tell what is used on it
 * @param http what overrides {@code pekko.http}
 */
public record ApiSettings(
    String bindAddress,
    int port,
    ConnectionSettings connections,
    long bodyLimitBytes,
    long bodyRoomBytes,
    Duration bodyPatience,
    LoadSettings load,
    ConfirmPatience confirm,
    WriteSettings write,
    PastSettings past,
    ListSettings lists,
    EncodingSettings encoding,
    WatchSettings watch,
    LogSettings log,
    AccessSettings access,
    Duration usagePatience,
    StreamSettings stream,
    AuditSettings audit,
    Config http) {
  private static final Section OURS = new Section("ordinal.api");

  public ApiSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("ordinal.api.port must be 0 to 65535, got " + port);
    }
    // Otherwise the server itself answers those that wait, and they are carried out all the same.
    String answerWithin = "server.request-timeout";
    if (!http.getString(answerWithin).equals("infinite")) {
      Duration limit = http.getDuration(answerWithin);
      OURS.below("wait-patience", load.writes().patience(), "http." + answerWithin, limit);
    }
    if (bodyLimitBytes < write.objectLimitBytes()) {
      throw new IllegalArgumentException(
          "ordinal.api.body-limit ("
              + bodyLimitBytes
              + ") must not be less than object-limit ("
              + write.objectLimitBytes()
              + ")");
    }
  }

  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** Whatever the share is, there is room for one body of every size. */
  private static long bodyRoomBytes(Config config, long heapBytes) {
    double share = config.getDouble("bodies-share-of-heap");
    return Math.max(config.getBytes("body-limit"), (long) (heapBytes * share));
  }

  /**
   * Those of the HTTP server: what overrides them here over Pekko's own.
   *
   * @param config the whole configuration
   */
  public ServerSettings server(Config config) {
    return ServerSettings.create(http.atPath("pekko.http").withFallback(config));
  }

  /**
   * @param config of {@code ordinal.api}
   */
  public static ApiSettings from(Config config) {
    return new ApiSettings(
        config.getString("bind-address"),
        config.getInt("port"),
        ConnectionSettings.from(
            config.getConfig("connections"),
            Runtime.getRuntime().maxMemory(),
            files(),
            Runtime.getRuntime().availableProcessors()),
        config.getBytes("body-limit"),
        bodyRoomBytes(config, Runtime.getRuntime().maxMemory()),
        config.getDuration("body-patience"),
        LoadSettings.from(config),
        new ConfirmPatience(
            config.getDuration("confirm-patience"), config.getDuration("confirm-least")),
        WriteSettings.from(config),
        PastSettings.from(config.getConfig("past")),
        ListSettings.from(
            config.getConfig("lists"),
            Runtime.getRuntime().maxMemory(),
            config.getBytes("object-limit")),
        EncodingSettings.from(config.getConfig("encoding")),
        WatchSettings.from(config.getConfig("watch")),
        LogSettings.from(config.getConfig("log")),
        AccessSettings.from(config.getConfig("access")),
        config.getDuration("usage-patience"),
        StreamSettings.from(config.getConfig("stream")),
        AuditSettings.from(config.getConfig("audit")),
        config.getConfig("http"));
  }
}
