package io.ordinal.member.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where a member keeps everything: {@code member.conf} (ports and addresses, chosen once), {@code
 * member.pid}, {@code kubeconfig}, {@code admin-token}, {@code pki/}, {@code store/}, {@code
 * node/}, {@code log/}.
 */
public record DataDirectory(Path path) {
  private static final String FOLLOWING =
      "# Written at each start: the member is configured by the file below. Edit that one.";

  public DataDirectory {
    path = path.toAbsolutePath().normalize();
  }

  public Path configuration() {
    return path.resolve("member.conf");
  }

  /** What {@code ordinal join} found out, below what the configuration says. */
  public Path joined() {
    return path.resolve("joined.conf");
  }

  /** The controllers as they were told last. */
  public Path controllers() {
    return path.resolve("controllers.json");
  }

  public Path kubeconfig() {
    return path.resolve("kubeconfig");
  }

  /** The token of the administrator, where that is wanted. */
  public Path adminToken() {
    return path.resolve("admin-token");
  }

  public Path pki() {
    return path.resolve("pki");
  }

  public Path store() {
    return path.resolve("store");
  }

  public Path node() {
    return path.resolve("node");
  }

  public Path log() {
    return path.resolve("log").resolve("member.log");
  }

  /** What became of the workloads when the member was stopped last, in one sentence. */
  public Path lastStop() {
    return path.resolve("last-stop");
  }

  /** The member that runs on this directory. */
  public Optional<RunningMember> member() {
    return RunningMember.read(path.resolve("member.pid"));
  }

  /** Notes that this JVM is the member now; fails when another one is. */
  public void claim() {
    RunningMember.claim(path.resolve("member.pid"));
  }

  /** Takes back {@link #claim}. */
  public void release() {
    RunningMember.release(path.resolve("member.pid"));
  }

  /**
   * Creates the directory and those in it that every member has, without a configuration: an
   * embedding program has its own. Each has mode 0700 whatever the umask is: what libraries write
   * below them with modes of their own nobody else reaches.
   */
  public void make() {
    try {
      PrivateFiles.directory(path);
      for (Path each : List.of(pki(), node(), log().getParent())) PrivateFiles.directory(each);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the data directory " + path + " cannot be prepared; name one that you may write to", e);
    }
  }

  /**
   * Creates the directory and has its configuration include the file that the member is started
   * with, so that the commands about this directory know the member's ports and addresses.
   *
   * @return false when the directory has a configuration of its own, which is left alone: the
   *     commands go by that one
   */
  public boolean follow(Path file) {
    Path followed = file.toAbsolutePath().normalize();
    make();
    if (followed.equals(configuration())) return true;
    try {
      boolean own =
          Files.exists(configuration()) && !Files.readString(configuration()).startsWith(FOLLOWING);
      if (own) return false;
      PrivateFiles.write(
          configuration(),
          FOLLOWING
              + ("\ninclude required(file(\"" + followed + "\"))\n")
              + ("ordinal.member.data-directory = \"" + path + "\"\n"));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(configuration() + " cannot be written", e);
    }
  }

  /**
   * Creates the directory (mode 0700) and, where there is none, a configuration that takes every
   * port and address from the defaults.
   */
  public void prepareOnNetwork() {
    prepare(
        () ->
            """
            # Made when this machine joined; edit it while the member is stopped.
            # Every setting and its meaning: the reference.conf of each module.
            ordinal.member.data-directory = "%s"
            """
                .formatted(path));
  }

  /** As {@link #prepare(RandomGenerator, Optional)}, with an address of the range. */
  public void prepare(RandomGenerator random) {
    prepare(random, Optional.empty());
  }

  /**
   * Creates the directory (mode 0700) and, at the first start, its configuration with free ports
   * and a range of loopback addresses of its own.
   *
   * @param address of the member; else one of the range
   */
  public void prepare(RandomGenerator random, Optional<String> address) {
    prepare(
        () -> {
          AddressRange range = AddressRange.unused(random);
          List<Integer> ports = FreePorts.find(4, random);
          return firstConfiguration(range, address.orElse(range.memberAddress()), ports);
        });
  }

  private interface Text {
    String get() throws IOException;
  }

  private void prepare(Text configuration) {
    make();
    try {
      if (Files.exists(configuration())) return;
      PrivateFiles.write(configuration(), configuration.get());
    } catch (IOException e) {
      throw new UncheckedIOException(configuration() + " cannot be written", e);
    }
  }

  private String firstConfiguration(AddressRange range, String address, List<Integer> ports) {
    return """
        # Made at the first start of this data directory; edit it while the member is stopped.
        # Every other setting and its meaning: the reference.conf of each module.
        ordinal {
          member {
            data-directory = "%s"
            address = "%s"
            artery-port = %d
            management-port = %d
          }
          store.port = %d
          api.port = %d
          agent.network.pods = "%s"
        }
        """
        .formatted(
            path, address, ports.get(0), ports.get(1), ports.get(2), ports.get(3), range.cidr());
  }
}
