package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The layers of a member's configuration, and what follows from its address where the operator's
 * file is silent.
 */
final class MemberConfig {
  private static final String ANY_ADDRESS = "0.0.0.0";
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private MemberConfig() {}

  /** Resolved; the operator's words win over everything but system properties. */
  static Config over(Config file) {
    Config operator = file.withFallback(joined(plain(file)));
    Config plain = plain(operator);
    boolean controller = plain.getStringList("ordinal.member.roles").contains("controller");
    Config said = ConfigFactory.defaultOverrides().withFallback(operator).resolveWith(plain);
    Config derived = derived(plain, said);
    if (!controller) {
      derived = derived.withFallback(ConfigFactory.parseResources("node-pekko.conf"));
    }
    return layers(operator, derived)
        .withValue("ordinal.agent.host.node", ConfigValueFactory.fromAnyRef(nodeName(plain)));
  }

  /** What this directory's member was told when it joined. */
  private static Config joined(Config plain) {
    Path directory = Path.of(plain.getString("ordinal.member.data-directory"));
    return ConfigFactory.parseFile(new DataDirectory(directory).joined().toFile());
  }

  /** The operator's words alone, with what is substituted in them. */
  static Config said(Config operator) {
    return operator.resolveWith(plain(operator));
  }

  /** Without what follows from the address or from joining. */
  static Config plain(Config operator) {
    return layers(operator, ConfigFactory.empty());
  }

  private static Config layers(Config operator, Config derived) {
    return ConfigFactory.defaultOverrides()
        .withFallback(operator)
        .withFallback(derived)
        .withFallback(ConfigFactory.parseResources("member-pekko.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  private static Config derived(Config plain, Config said) {
    String address = plain.getString("ordinal.member.address");
    Map<String, String> follows = new LinkedHashMap<>();
    follows.put("ordinal.store.address", address);
    follows.put("ordinal.agent.network.node-address", address);
    if (!Loopback.is(address)) {
      follows.put("ordinal.api.bind-address", ANY_ADDRESS);
      follows.put("ordinal.agent.network.pods", "");
    }
    if (tls(plain)) follows.put("pekko.remote.artery.transport", "tls-tcp");
    follows.keySet().removeIf(said::hasPath);
    return ConfigFactory.parseMap(follows, "follows from ordinal.member.address");
  }

  static boolean tls(Config config) {
    String wish = config.getString("ordinal.member.tls");
    return switch (wish) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      case "auto" -> !Loopback.is(config.getString("ordinal.member.address"));
      default ->
          throw new IllegalArgumentException(
              "ordinal.member.tls: expected auto, on or off, found '" + wish + "'");
    };
  }

  static String nodeName(Config plain) {
    String configured = plain.getString("ordinal.member.node-name");
    if (!configured.isEmpty()) return configured;
    try { // Of the kernel: a name service that is away must not give a member another name.
      return Files.readString(HOST_NAME).strip().toLowerCase(Locale.ROOT);
    } catch (IOException nameless) {
      throw new UncheckedIOException("this machine does not tell its name", nameless);
    }
  }
}
