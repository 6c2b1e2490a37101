package io.ordinal.member.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllersTest {
  private static final ControllerAddress FIRST = new ControllerAddress("127.0.0.1", 1);
  private static final ControllerAddress SECOND = new ControllerAddress("127.0.0.2", 2);

  @Test
  void a_controller_asks_itself_first() {
    assertThat(doors(true, "a", List.of(FIRST))).containsExactly("", "pekko://ordinal@127.0.0.1:1");
  }

  @Test
  void every_controller_is_somebodys_first() {
    assertThat(doors(false, "a", List.of(FIRST, SECOND)).get(0))
        .isNotEqualTo(doors(false, "b", List.of(FIRST, SECOND)).get(0));
  }

  @Test
  void a_name_is_looked_up_again_and_an_unknown_one_is_left_out() {
    List<ControllerAddress> known = new ArrayList<>();
    Controllers controllers = new Controllers(() -> known, false, "a", Runnable::run);
    assertThat(controllers.now().toCompletableFuture().join()).isEmpty();
    known.add(new ControllerAddress("localhost", 3));
    known.add(new ControllerAddress("nobody.invalid", 3));
    assertThat(controllers.now().toCompletableFuture().join())
        .contains("pekko://ordinal@127.0.0.1:3")
        .noneMatch(door -> door.contains("localhost") || door.contains("invalid"));
  }

  private static List<String> doors(boolean here, String member, List<ControllerAddress> known) {
    return new Controllers(() -> known, here, member, Runnable::run)
        .now()
        .toCompletableFuture()
        .join();
  }
}
