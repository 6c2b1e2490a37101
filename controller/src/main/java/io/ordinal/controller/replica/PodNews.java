package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.plan.Placement.Taint;
import io.ordinal.controller.volume.Provision;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told about a pod. */
final class PodNews {
  private static final String SCHEDULER = "default-scheduler";
  private static final String LIFECYCLE = "ordinal-replica";
  private static final String TAINTS = "taint-eviction-controller";

  private final Events events;

  PodNews(Events events) {
    this.events = events;
  }

  void scheduled(PodDocument pod, String node) {
    ApiObject object = pod.object();
    String message =
        "Successfully assigned " + object.namespace() + "/" + object.name() + " to " + node;
    events.record(new EventNote(about(object), false, "Scheduled", message, SCHEDULER, ""));
  }

  void failedScheduling(PodDocument pod, String why) {
    events.record(new EventNote(about(pod.object()), true, "FailedScheduling", why, SCHEDULER, ""));
  }

  void evicted(PodDocument pod, List<Taint> taints) {
    String message =
        "Marking for deletion: the node has the taint "
            + taints.stream().map(Taint::key).collect(Collectors.joining(", "));
    events.record(
        new EventNote(about(pod.object()), false, "TaintManagerEviction", message, TAINTS, ""));
  }

  /**
   * @param waited for an address
   */
  void withoutAddress(PodDocument pod, NodeName node, Duration waited) {
    String message =
        "Marking for deletion: node %s has given it no address for %d s, another node is tried"
            .formatted(node, waited.toSeconds());
    events.record(new EventNote(about(pod.object()), true, "NoAddress", message, LIFECYCLE, ""));
  }

  /** Says so when a volume was given up. */
  void rebuilt(PodDocument pod, ApiObject volume) {
    String lost = volume.annotations().getOrDefault(Provision.REBUILT_FROM, "");
    if (lost.isEmpty()) return;
    String message =
        "the node of volume %s is lost: %s begins empty in its place; %s is kept, and only a user removes it"
            .formatted(lost, volume.name(), lost);
    events.record(
        new EventNote(about(pod.object()), true, "VolumeRebuilt", message, LIFECYCLE, ""));
  }

  void lacking(PodDocument pod, NodeName node, Lack lack) {
    ApiObject object = pod.object();
    EventNote.About about =
        new EventNote.About(
            "v1", "Pod", object.namespace(), object.name(), object.uid(), lack.fieldPath());
    events.record(
        new EventNote(about, true, lack.reason(), lack.message(), LIFECYCLE, node.value()));
  }

  void nodeLost(PodDocument pod, String message) {
    events.record(new EventNote(about(pod.object()), true, "NodeLost", message, LIFECYCLE, ""));
  }

  /**
   * @param overdue for how long after its grace period
   */
  void notStopped(PodDocument pod, NodeName node, Duration overdue) {
    String message =
        "node %s was told to stop it and has not said that it ended, %d s after its grace period"
            .formatted(node, overdue.toSeconds());
    events.record(new EventNote(about(pod.object()), true, "NotStopped", message, LIFECYCLE, ""));
  }

  private static EventNote.About about(ApiObject pod) {
    return new EventNote.About("v1", "Pod", pod.namespace(), pod.name(), pod.uid(), "");
  }
}
