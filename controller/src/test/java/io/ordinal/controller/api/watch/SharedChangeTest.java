package io.ordinal.controller.api.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.select.FieldSelector;
import io.ordinal.controller.api.select.LabelSelector;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.protocol.id.Revision;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

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

  @Test
  void who_selects_by_it_does_not_make_it_large_for_good() {
    byte[] document = "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"x\":1}".getBytes(UTF_8);
    SharedChange change =
        new SharedChange(
            new Change(
                new Revision(2),
                SampleDocuments.pod("a", "x"),
                false,
                document,
                Optional.of(document)));
    List<WeakReference<ObjectNode>> seen = new ArrayList<>();
    for (LabelSelector labels : List.of(LabelSelector.parse("a=b"), LabelSelector.EVERYTHING)) {
      FieldSelector fields = noting(seen, labels.isEverything());
      Selection selection = new Selection(labels, fields);
      assertThat(change.isSelectedBy(selection)).isTrue();
      assertThat(change.wasSelectedBy(selection)).isTrue();
    }
    assertThat(seen).hasSize(2);
    await()
        .until(
            () -> {
              System.gc();
              return seen.stream().allMatch(each -> each.get() == null);
            });
    assertThat(change.revision()).isEqualTo(2);
  }

  private static FieldSelector noting(List<WeakReference<ObjectNode>> seen, boolean wanted) {
    if (!wanted) return FieldSelector.EVERYTHING;
    Function<ObjectNode, String> reader =
        tree -> {
          seen.add(new WeakReference<>(tree));
          return tree.path("x").asString();
        };
    return new FieldSelector(List.of(new FieldSelector.Requirement("x", true, "1", reader)));
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
