package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.replica.RecordCodec;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All drills, read at one revision, each with its scene.
 *
 * @param schedules drills that make others
 * @param orphaned a lock whose drill vanished although its fault may be at work
 * @param holder uid of the drill that has the lock
 * @param leftovers records of drills that are done
 */
record DrillLook(
    List<Seen> drills,
    List<Schedule> schedules,
    Optional<DrillRecords.Lock> orphaned,
    Optional<String> holder,
    long lockVersion,
    List<Operation> leftovers) {

  /**
   * A drill that is not done, or is done and still held back from its deletion.
   *
   * @param sense what it asks for, or what is wrong with it
   */
  record Seen(StoredObject stored, ApiObject object, DrillStatus status, Sense sense) {}

  /** Either an order with its scene, or why there is none. */
  record Sense(Optional<DrillOrder> order, Optional<DrillScene> scene, String nonsense) {}

  /** A drill that makes others, with those that it made. */
  record Schedule(StoredObject stored, ApiObject object, List<ApiObject> children) {}

  static DrillLook at(View view, RecordCodec codec, Councils councils) {
    List<StoredObject> all = view.list(DrillDocument.DRILLS, "");
    List<ApiObject> objects = all.stream().map(ApiObject::of).toList();
    Optional<DrillRecords.Lock> lock = DrillRecords.lock(view);
    SceneReader[] reader = new SceneReader[1]; // Made only if there is anything to look at.
    List<Seen> drills = new ArrayList<>();
    List<Schedule> schedules = new ArrayList<>();
    Set<String> busy = new HashSet<>();
    Set<String> living = new HashSet<>();
    Optional<String> running = running(objects, lock);
    for (int i = 0; i < all.size(); i++) {
      ApiObject drill = objects.get(i);
      living.add(drill.uid());
      if (DrillDocument.isSchedule(drill)) {
        schedules.add(new Schedule(all.get(i), drill, children(objects, drill)));
        continue;
      }
      DrillStatus status = DrillDocument.status(drill);
      boolean held = drill.finalizers().contains(Drill.FINALIZER);
      if (status.phase() == DrillPhase.DONE && !held) continue;
      if (status.phase() != null && status.phase() != DrillPhase.DONE) busy.add(drill.uid());
      if (reader[0] == null) reader[0] = new SceneReader(view, codec, councils.council(view));
      Optional<String> other = running.filter(name -> !name.equals(drill.name()));
      drills.add(new Seen(all.get(i), drill, status, sense(drill, status, reader[0], other)));
    }
    return new DrillLook(
        drills,
        schedules,
        lock.filter(each -> !living.contains(each.uid())),
        lock.map(DrillRecords.Lock::uid),
        view.recordVersion(DrillRecords.LOCK),
        DrillRecords.leftovers(view, busy));
  }

  private static Optional<String> running(
      List<ApiObject> objects, Optional<DrillRecords.Lock> lock) {
    return lock.flatMap(
        held ->
            objects.stream()
                .filter(each -> each.uid().equals(held.uid()))
                .filter(each -> busy(DrillDocument.status(each)))
                .map(ApiObject::name)
                .findFirst());
  }

  private static boolean busy(DrillStatus status) {
    return status.phase() != null && status.phase().busy();
  }

  private static Sense sense(
      ApiObject drill, DrillStatus status, SceneReader reader, Optional<String> running) {
    try {
      DrillOrder order = DrillOrder.of(DrillDocument.spec(drill));
      return new Sense(
          Optional.of(order), Optional.of(reader.scene(order, status, drill.uid(), running)), "");
    } catch (IllegalArgumentException nonsense) {
      return new Sense(Optional.empty(), Optional.empty(), nonsense.getMessage());
    }
  }

  private static List<ApiObject> children(List<ApiObject> objects, ApiObject parent) {
    return objects.stream()
        .filter(each -> each.controller().filter(it -> it.uid().equals(parent.uid())).isPresent())
        .toList();
  }
}
