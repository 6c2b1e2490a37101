package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoredPlaceTest {
  private static final String INSTALLED = "ordinal.member { images = /i, library = /l }\n";
  @TempDir private Path place;

  @Test
  void no_configuration_has_to_be_written_by_hand() throws IOException {
    MemberSettings settings =
        new RestoredPlace(Optional.of("10.0.0.1"), Optional.of("m1"))
            .configured(file("ordinal.member.data-directory = \"" + data().path() + "\""));
    assertThat(settings.address()).isEqualTo("10.0.0.1");
    assertThat(settings.node()).hasToString("m1");
    assertThat(settings.isController()).isTrue();
    MemberSettings later = MemberSettings.load(data().configuration());
    assertThat(later.address())
        .as("the commands about the directory know it")
        .isEqualTo("10.0.0.1");
  }

  @Test
  void a_file_that_says_another_address_is_not_overruled() throws IOException {
    Path file =
        file(
            "ordinal.member { address = 10.0.0.9, data-directory = \"%s\" }"
                .formatted(data().path()));
    RestoredPlace wanted = new RestoredPlace(Optional.of("10.0.0.1"), Optional.empty());
    assertThatThrownBy(() -> wanted.configured(file))
        .isInstanceOf(WrongSettings.class)
        .hasMessageContaining("says ordinal.member.address = 10.0.0.9; change it there");
  }

  @Test
  void a_member_that_is_no_controller_has_no_store_to_restore() throws IOException {
    Path file =
        file(
            "ordinal.member { roles = [node], controllers = [c1], data-directory = \"%s\" }"
                .formatted(data().path()));
    assertThatThrownBy(() -> new RestoredPlace(Optional.empty(), Optional.empty()).configured(file))
        .hasMessageContaining("no controller");
  }

  private DataDirectory data() {
    return new DataDirectory(place.resolve("data"));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(place.resolve("ordinal.conf"), INSTALLED + text);
  }
}
