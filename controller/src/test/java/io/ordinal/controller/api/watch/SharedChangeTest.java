package io.ordinal.controller.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.protocol.id.Revision;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class SharedChangeTest {
  private int prints;

  @Test
  void an_event_is_printed_once_for_all_who_watch() {
    SharedChange change = change();
    ByteString first = change.printed("ADDED", () -> print("ADDED"));
    for (int i = 0; i < 100; i++) {
      assertThat(change.printed("ADDED", () -> print("ADDED"))).isSameAs(first);
    }
    assertThat(prints).isEqualTo(1);
  }

  @Test
  void another_type_is_another_event() {
    SharedChange change = change();
    change.printed("ADDED", () -> print("ADDED"));
    assertThat(change.printed("MODIFIED", () -> print("MODIFIED")).utf8String())
        .isEqualTo("MODIFIED");
  }

  private static SharedChange change() {
    return new SharedChange(
        new Change(
            new Revision(1), SampleDocuments.pod("a", "x"), false, new byte[1], Optional.empty()));
  }

  private ByteString print(String type) {
    prints++;
    return ByteString.fromString(type);
  }
}
