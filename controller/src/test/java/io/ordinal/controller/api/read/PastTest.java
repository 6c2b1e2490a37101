package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PastTest {
  private static final ResourceName MAPS = new ResourceName("configmaps");
  private static final Scope ALL = new Scope(MAPS, "", "");
  private static final int MEBIBYTE = 1 << 20;
  private static final PastSettings MOST = new PastSettings(20_000, 32L << 20);

  /** Changes that exist only while they are visited. */
  private static final class Feed implements View {
    private final int size;
    private final IntFunction<Change> changes;
    private int visited;

    private Feed(int size, IntFunction<Change> changes) {
      this.size = size;
      this.changes = changes;
    }

    @Override
    public Revision revision() {
      return new Revision(size + 1L);
    }

    @Override
    public void visitChanges(
        ResourceName resource, String namespace, Revision after, Predicate<Change> visitor) {
      do visited++;
      while (visited < size && visitor.test(changes.apply(visited)));
    }

    @Override
    public List<Change> changes(ResourceName resource, String namespace, Revision after, int most) {
      throw new AssertionError("more than one change is held");
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
      return Optional.empty();
    }

    @Override
    public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {}

    @Override
    public Optional<StoredRecord> record(RecordKey key) {
      return Optional.empty();
    }

    @Override
    public long recordVersion(RecordKey key) {
      return 0;
    }

    @Override
    public List<StoredRecord> records(String family) {
      return List.of();
    }
  }

  @Test
  void an_object_that_is_changed_often_is_held_once() throws Compacted {
    Feed feed = new Feed(500, revision -> change(revision, "one"));
    Past past = Past.of(feed, ALL, 1, Optional.empty(), MOST);
    assertThat(past.of(key("one")).orElseThrow().document().orElseThrow()).hasSize(MEBIBYTE);
    assertThat(feed.visited).isEqualTo(500);
  }

  @Test
  void more_bytes_than_one_list_may_hold_are_given_up_at_once() {
    Feed feed = new Feed(5000, revision -> change(revision, "m" + revision));
    assertThatThrownBy(() -> Past.of(feed, ALL, 1, Optional.empty(), MOST))
        .isInstanceOf(Compacted.class);
    assertThat((long) feed.visited).isEqualTo(MOST.bytes() / MEBIBYTE + 1);
  }

  private static Change change(int revision, String name) {
    Optional<byte[]> previous = Optional.of(new byte[MEBIBYTE]);
    return new Change(new Revision(revision), key(name), false, new byte[0], previous);
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(MAPS, "default", name);
  }
}
