package io.ordinal.member;

import com.typesafe.config.Config;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What can be known of a member before it has joined.
 *
 * @param name the configured one, or the machine's
 * @param address where the others are to reach it
 */
public record MemberPlace(DataDirectory directory, String name, String address) {
  private static final String DIRECTORY = "ordinal.member.data-directory";
  private static final String ADDRESS = "ordinal.member.address";

  /**
   * Where a member with this configuration keeps everything.
   *
   * @throws WrongSettings when it cannot be used, or has keys that nothing reads
   */
  public static DataDirectory directoryOf(Path file) {
    Config config = MemberConfig.plain(words(file));
    return new DataDirectory(Path.of(config.getString(DIRECTORY)));
  }

  private static Config words(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "the configuration " + file + " does not exist or cannot be read");
    }
    return Blame.of(
        MemberSettings.parsed(file),
        said -> {
          UnknownKeys.refuse(said);
          return said;
        });
  }

  /**
   * As an operator's configuration has it.
   *
   * @param controller towards which an address is chosen where none is configured
   * @param address the wanted one
   * @throws IllegalArgumentException when the configuration says another one
   */
  public static MemberPlace configured(Path file, String controller, Optional<String> address)
      throws IOException {
    Config said = words(file);
    Config config = MemberConfig.plain(said);
    Optional<String> configured =
        said.hasPath(ADDRESS) ? Optional.of(config.getString(ADDRESS)) : Optional.empty();
    if (address.isPresent() && configured.isPresent() && !address.equals(configured)) {
      throw new IllegalArgumentException(
          file + " says " + ADDRESS + " = " + configured.get() + "; change it there");
    }
    return new MemberPlace(
        new DataDirectory(Path.of(config.getString(DIRECTORY))),
        MemberConfig.nodeName(config),
        configured.or(() -> address).orElseGet(() -> towards(controller)));
  }

  /** As {@link #configured}, after a data directory without configuration got one. */
  public static MemberPlace prepared(
      DataDirectory directory, String controller, Optional<String> address, RandomGenerator random)
      throws IOException {
    String own = address.orElseGet(() -> towards(controller));
    if (Loopback.is(own)) directory.prepare(random, address);
    else directory.prepareOnNetwork();
    return configured(directory.configuration(), controller, address);
  }

  /** The address that this machine's packets to a controller come from. Nothing is sent. */
  private static String towards(String controller) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(controller), 9));
      return socket.getLocalAddress().getHostAddress();
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "this machine does not know the name " + controller + "; give a controller's address");
    } catch (IOException unreachable) {
      throw new IllegalArgumentException(
          "no address of this machine leads to " + controller + "; name one with --address",
          unreachable);
    }
  }
}
