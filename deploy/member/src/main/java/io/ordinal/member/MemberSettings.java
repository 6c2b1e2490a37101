package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.protocol.id.NodeName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code ordinal.member} says, checked.
 *
 * @param config everything, resolved: the operator's file over Ordinal's use of Pekko over the
 *     modules' reference.conf
 */
public record MemberSettings(
    Config config,
    DataDirectory directory,
    NodeName node,
    Set<Role> roles,
    String address,
    Path images,
    Path library,
    Duration startTimeout,
    Duration stopTimeout) {

  /** What a member does. */
  public enum Role {
    CONTROLLER,
    NODE
  }

  public MemberSettings {
    if (roles.isEmpty())
      throw new IllegalArgumentException("ordinal.member.roles names no role: controller, node");
  }

  /**
   * Reads the operator's file over the defaults.
   *
   * @throws IllegalArgumentException when there is no such file, or a key is wrong; the message
   *     names it
   */
  public static MemberSettings load(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "the configuration " + file + " does not exist or cannot be read");
    }
    return of(ConfigFactory.parseFile(file.toFile()));
  }

  /** For embedding: these settings over the defaults. */
  public static MemberSettings of(Config overrides) {
    Config merged =
        ConfigFactory.defaultOverrides()
            .withFallback(overrides)
            .withFallback(ConfigFactory.parseResources("member-pekko.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();
    NodeName node = new NodeName(nodeName(merged.getString("ordinal.member.node-name")));
    Config config =
        merged.withValue("ordinal.agent.host.node", ConfigValueFactory.fromAnyRef(node.value()));
    Config member = config.getConfig("ordinal.member");
    return new MemberSettings(
        config,
        new DataDirectory(Path.of(member.getString("data-directory"))),
        node,
        roles(member.getStringList("roles")),
        member.getString("address"),
        Path.of(member.getString("images")),
        Path.of(member.getString("library")),
        member.getDuration("start-timeout"),
        member.getDuration("stop-timeout"));
  }

  /** Where clients on this machine reach the API. */
  public String apiUrl() {
    return "https://" + apiAddress() + ":" + config.getInt("ordinal.api.port");
  }

  /** Addresses that the server's certificate is for. */
  public List<String> certificateAddresses() {
    return Stream.of("127.0.0.1", "::1", apiAddress(), address).distinct().toList();
  }

  private String apiAddress() {
    String bound = config.getString("ordinal.api.bind-address");
    return bound.equals("0.0.0.0") ? address : bound;
  }

  private static Set<Role> roles(List<String> names) {
    return names.stream()
        .map(MemberSettings::role)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private static Role role(String name) {
    return switch (name) {
      case "controller" -> Role.CONTROLLER;
      case "node" -> Role.NODE;
      default ->
          throw new IllegalArgumentException(
              "ordinal.member.roles: expected controller or node, found '" + name + "'");
    };
  }

  private static String nodeName(String configured) {
    if (!configured.isEmpty()) return configured;
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
