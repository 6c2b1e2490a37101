package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.directory.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The configuration of the first controller of a restored cluster. Where there is none yet it is
 * made, as for a machine that joins.
 *
 * @param address where other members are to reach it; empty: as configured, else loopback
 * @param name of the member; empty: as configured, else the host's
 */
public record RestoredPlace(Optional<String> address, Optional<String> name) {
  private static final String KEY = "ordinal.member.";

  /** By an operator's file, which the directory's own configuration follows from then on. */
  public MemberSettings configured(Path file) throws IOException {
    MemberSettings before = MemberSettings.checked(file, ConfigFactory.empty());
    before.directory().follow(file);
    return told(before.directory(), file);
  }

  /** By the directory's own configuration. */
  public MemberSettings prepared(DataDirectory directory, RandomGenerator random)
      throws IOException {
    if (address.isPresent() && !Loopback.is(address.get())) directory.prepareOnNetwork();
    else directory.prepare(random, address);
    return told(directory, directory.configuration());
  }

  /** Below what the configuration says, as after a join. */
  private MemberSettings told(DataDirectory directory, Path file) throws IOException {
    StringBuilder words = new StringBuilder("# Written by `ordinal restore`.\n");
    address.ifPresent(each -> words.append(line("address", each)));
    name.ifPresent(each -> words.append(line("node-name", each)));
    boolean news = address.isPresent() || name.isPresent();
    if (news && !Files.exists(directory.joined())) {
      PrivateFiles.write(directory.joined(), words.toString());
    }
    MemberSettings settings = MemberSettings.checked(file, ConfigFactory.empty());
    requireMeant("address", address, settings.config(), file);
    requireMeant("node-name", name, settings.config(), file);
    if (!settings.isController()) {
      throw new WrongSettings(
          file
              + " says that this member is no controller (ordinal.member.roles), which has a store");
    }
    return settings;
  }

  private static void requireMeant(String key, Optional<String> wanted, Config config, Path file) {
    String found = config.getString(KEY + key);
    if (wanted.isPresent() && !wanted.get().equals(found)) {
      throw new WrongSettings(
          "%s, or joined.conf in the data directory, says %s = %s; change it there"
              .formatted(file, KEY + key, found));
    }
  }

  private static String line(String key, String value) {
    return KEY + key + " = \"" + value + "\"\n";
  }
}
