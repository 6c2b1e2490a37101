package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;

/** What people are told about a pod. */
final class PodNews {
  private static final String SCHEDULER = "default-scheduler";
  private static final String LIFECYCLE = "ordinal-replica";

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

  void nodeLost(PodDocument pod, String message) {
    events.record(new EventNote(about(pod.object()), true, "NodeLost", message, LIFECYCLE, ""));
  }

  private static EventNote.About about(ApiObject pod) {
    return new EventNote.About("v1", "Pod", pod.namespace(), pod.name(), pod.uid(), "");
  }
}
