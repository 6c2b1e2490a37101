package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.member.contact.ControllerAddress;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Validity;
import io.ordinal.protocol.id.NodeName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code ordinal.member} says, checked.
 *
 * @param config everything, resolved: the operator's file over Ordinal's use of Pekko over the
 *     modules' reference.conf
 * @param controllers the operator's list; a controller needs none
 * @param tls whether members talk to each other by TLS
 * @param validity of certificates that this member signs, and of its own
 */
public record MemberSettings(
    Config config,
    DataDirectory directory,
    NodeName node,
    Set<Role> roles,
    String address,
    List<ControllerAddress> controllers,
    boolean tls,
    Path images,
    Path library,
    Duration upkeep,
    Validity validity,
    Duration startTimeout,
    Duration stopTimeout,
    Duration machineStopGrace,
    Duration restartPause,
    boolean drainOnStop,
    Duration drainTimeout) {

  private static final int HIGHEST_PORT = 65_535;

  /** DNS-1123 subdomain, as every object is named in Kubernetes. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  /** What a member does. */
  public enum Role {
    CONTROLLER,
    NODE
  }

  public MemberSettings {
    if (roles.isEmpty())
      throw new IllegalArgumentException("ordinal.member.roles names no role: controller, node");
    controllers = List.copyOf(controllers);
    if (config.getString("ordinal.member.data-directory").isBlank()) {
      throw new IllegalArgumentException(
          "ordinal.member.data-directory is empty; it and ORDINAL_DATA_DIR must name one, or nothing");
    }
    if (!NAME.matcher(node.value()).matches()) {
      throw new IllegalArgumentException(
          "ordinal.member.node-name (or the host's name, where it is empty): expected a DNS name of"
              + " small letters, digits, '-' and '.', found '"
              + node
              + "'");
    }
    for (String key : List.of("artery-port", "management-port")) {
      int port = config.getInt("ordinal.member." + key);
      if (port < 0 || port > HIGHEST_PORT) {
        throw new IllegalArgumentException(
            "ordinal.member." + key + " must be 0 to 65535, got " + port);
      }
    }
    if (!roles.contains(Role.CONTROLLER) && controllers.isEmpty()) {
      throw new IllegalArgumentException(
          "ordinal.member.controllers is empty: a member that is only a node needs one to begin with");
    }
  }

  /** Whether this member has a copy of the store and serves the API. */
  public boolean isController() {
    return roles.contains(Role.CONTROLLER);
  }

  /** Whether it listens where no other machine reaches it. */
  public boolean onLoopback() {
    return Loopback.is(address);
  }

  /**
   * Reads the operator's file over the defaults.
   *
   * @throws IllegalArgumentException when there is no such file, or a key is wrong; the message
   *     names it
   * @throws UncheckedIOException when it is there and reading it fails
   */
  public static MemberSettings load(Path file) {
    return Blame.of(parsed(file), MemberSettings::of);
  }

  /**
   * As {@link #load}, for those who begin something with them: after every setting of every module
   * was read, and with words over those of the file.
   *
   * @throws WrongSettings when one cannot be used, or is none; in one line that names it
   */
  public static MemberSettings checked(Path file, Config above) {
    return SettingsCheck.whole(above.withFallback(parsed(file)));
  }

  static Config parsed(Path file) {
    try (InputStream opened = Files.newInputStream(file)) {
      opened.read();
    } catch (NoSuchFileException | AccessDeniedException absent) {
      throw new IllegalArgumentException(
          "the configuration " + file + " does not exist or may not be read", absent);
    } catch (IOException e) {
      throw new UncheckedIOException("the configuration " + file + " cannot be read", e);
    }
    return Blame.of(ConfigFactory.empty(), nothing -> ConfigFactory.parseFile(file.toFile()));
  }

  /** For embedding: these settings over the defaults. */
  public static MemberSettings of(Config overrides) {
    Config config = MemberConfig.over(overrides);
    Config member = config.getConfig("ordinal.member");
    int usualPort = member.getInt("artery-port");
    return new MemberSettings(
        config,
        new DataDirectory(Path.of(member.getString("data-directory"))),
        new NodeName(config.getString("ordinal.agent.host.node")),
        roles(member.getStringList("roles")),
        member.getString("address"),
        member.getStringList("controllers").stream()
            .map(each -> ControllerAddress.parse(each, usualPort))
            .toList(),
        MemberConfig.tls(config),
        Path.of(member.getString("images")),
        Path.of(member.getString("library")),
        member.getDuration("upkeep"),
        new Validity(
            member.getDuration("certificates.life"),
            member.getDuration("certificates.renew-before")),
        member.getDuration("start-timeout"),
        member.getDuration("stop-timeout"),
        member.getDuration("machine-stop-grace"),
        member.getDuration("restart-pause"),
        member.getBoolean("drain-on-stop"),
        member.getDuration("drain-timeout"));
  }

  /** What this member's certificates are to say. */
  public Credentials.Wanted certificates() {
    return new Credentials.Wanted(
        new Signer.Subject(node.value(), isController(), List.of(address)),
        certificateAddresses(),
        validity);
  }

  /** Where clients on this machine reach the API. */
  public String apiUrl() {
    return "https://" + apiAddress() + ":" + config.getInt("ordinal.api.port");
  }

  /** Host and port of readiness, liveness and cluster members. */
  String managementAddress() {
    return address + ":" + config.getInt("ordinal.member.management-port");
  }

  /** Addresses that the API server's certificate is for. */
  private List<String> certificateAddresses() {
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
}
