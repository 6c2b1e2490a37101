package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.StoredAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorationTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final long FAR = 1_000_000;
  @TempDir private Path directory;

  /** Were it noted after its start only, others could join before. */
  @Test
  void a_controller_restored_under_another_name_is_in_the_records_before_it_starts()
      throws IOException {
    Path backup = founded(settings("c1"));
    MemberSettings other = settings("d1");
    Restoration.of(backup, other, OptionalLong.of(FAR));
    try (OpenStore store = OpenStore.open(other.config(), other.directory().store())) {
      boolean noted =
          store
              .store()
              .read(Freshness.LINEARIZABLE, view -> Members.in(view, "d1").isPresent())
              .toCompletableFuture()
              .join();
      assertThat(noted).isTrue();
    }
  }

  private MemberSettings settings(String name) {
    return MemberSettings.of(
        ConfigFactory.parseString(
            ("ordinal { store.port = 0, member { node-name = %s, data-directory = \"%s\","
                    + " images = /i, library = /l } }")
                .formatted(name, directory.resolve(name))));
  }

  /** A backup of a cluster that began here. */
  private Path founded(MemberSettings settings) throws IOException {
    settings.directory().make();
    Path backup = directory.resolve("backup");
    Credentials own =
        Credentials.prepare(
            settings.directory().pki(), settings.certificates(), CLOCK.instant(), RANDOM);
    try (OpenStore store = OpenStore.open(settings.config(), settings.directory().store());
        OutputStream out = Files.newOutputStream(backup)) {
      StoredAuthority.settle(
              store.store(),
              own,
              OwnRecord.founder(settings, CLOCK),
              settings.validity(),
              CLOCK,
              RANDOM)
          .toCompletableFuture()
          .join();
      store.backup(out).toCompletableFuture().join();
    }
    return backup;
  }
}
