package io.ordinal.tests.hosts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Replays every change and notes what must never be: replicas out of turn (I4, I5), claims or
 * volumes that went or were bound anew (I3, I6), incarnations that fell, objects that were made
 * twice (I8).
 */
final class History {
  private final Set<String> ordered;
  private final Predicate<JsonNode> excused;
  private final Predicate<String> givenUp;
  private final Map<String, JsonNode> sets = new HashMap<>();
  private final Map<String, JsonNode> pods = new HashMap<>();
  private final Map<String, JsonNode> storage = new HashMap<>();
  private final Map<String, Long> incarnations = new HashMap<>();
  private final Set<String> onceReady = new HashSet<>();
  private final List<String> offences = new ArrayList<>();

  /**
   * @param ordered sets that promise OrderedReady
   * @param excused pods that something outside may have ended: a fault, a user
   * @param givenUp claims that somebody wanted to be gone
   */
  History(Set<String> ordered, Predicate<JsonNode> excused, Predicate<String> givenUp) {
    this.ordered = ordered;
    this.givenUp = givenUp;
    this.excused = excused;
  }

  /** What was found, over all changes so far. */
  List<String> replay(List<Change> changes) {
    for (Change each : changes) {
      switch (each.source()) {
        case Feed.PODS -> pod(each);
        case Feed.SETS -> put(sets, Objects.name(each.object()), each);
        default -> kept(each.source() + "/" + Objects.name(each.object()), each);
      }
    }
    return List.copyOf(offences);
  }

  private void pod(Change change) {
    JsonNode pod = change.object();
    String name = Objects.name(pod);
    JsonNode before = pods.get(name);
    follows(name, change, before);
    if (before == null && !change.gone()) created(name, pod);
    boolean ends = change.gone() || Objects.condemned(pod);
    boolean begins = ends && before != null && !Objects.condemned(before);
    if (begins && !excused.test(pod)) deleted(name, pod);
    if (Objects.ready(pod)) onceReady.add(Objects.uid(pod));
    incarnation(name, pod, before);
    put(pods, name, change);
  }

  private void follows(String name, Change change, JsonNode before) {
    boolean added = change.type().equals("ADDED");
    if (added != (before == null))
      offences.add("I8: " + change.summary() + (added ? " was there already" : " was not there"));
    if (before != null && !Objects.uid(before).equals(Objects.uid(change.object())))
      offences.add("I8: " + name + " became another without an end: " + change.summary());
  }

  private void incarnation(String name, JsonNode pod, JsonNode before) {
    long incarnation = Objects.incarnation(pod);
    if (incarnation == 0) return;
    Long last = incarnations.put(name, incarnation);
    if (last == null) return;
    boolean sameLife = before != null;
    if (sameLife ? incarnation != last : incarnation <= last)
      offences.add(name + " has incarnation " + incarnation + " after " + last);
  }

  private void created(String name, JsonNode pod) {
    if (!ordered.contains(set(name))) return;
    for (int below = 0; below < ordinal(name); below++) {
      JsonNode other = pods.get(set(name) + "-" + below);
      if (other == null || !onceReady.contains(Objects.uid(other))) {
        String state = other == null ? "absent" : "never ready";
        offences.add(
            "I4: %s created at %d while %s-%d was %s"
                .formatted(name, Objects.revision(pod), set(name), below, state));
      }
    }
  }

  /** A deletion that nobody but the set's own controller can have decided. */
  private void deleted(String name, JsonNode pod) {
    JsonNode set = sets.get(set(name));
    if (!ordered.contains(set(name)) || set == null || Objects.condemned(set)) return;
    String owner = pod.path("metadata").path("ownerReferences").path(0).path("uid").asString("");
    if (!owner.equals(Objects.uid(set))) return;
    int replicas = set.path("spec").path("replicas").asInt(1);
    boolean surplus = ordinal(name) >= replicas;
    for (JsonNode other : pods.values()) {
      String above = Objects.name(other);
      if (!set(above).equals(set(name)) || ordinal(above) <= ordinal(name)) continue;
      if (surplus || !onceReady.contains(Objects.uid(other)))
        offences.add(
            "I%d: %s deleted at %d (of %d replicas) before %s was %s"
                .formatted(
                    surplus ? 4 : 5,
                    name,
                    Objects.revision(pod),
                    replicas,
                    above,
                    surplus ? "gone" : "ready"));
    }
  }

  private void kept(String name, Change change) {
    JsonNode owner = change.object().path("spec").path("claimRef").path("name");
    String claim = owner.asString(Objects.name(change.object()));
    if (givenUp.test(claim)) return;
    JsonNode before = storage.get(name);
    if (change.gone()) offences.add("I6: " + name + " vanished");
    if (before != null) {
      String volume = before.path("spec").path("volumeName").asString("");
      String now = change.object().path("spec").path("volumeName").asString("");
      if (!volume.isEmpty() && !volume.equals(now))
        offences.add("I3: " + name + " was bound to " + volume + " and is now to " + now);
      if (!Objects.uid(before).equals(Objects.uid(change.object())))
        offences.add("I6: " + name + " was made anew");
    }
    put(storage, name, change);
  }

  private static void put(Map<String, JsonNode> state, String name, Change change) {
    if (change.gone()) state.remove(name);
    else state.put(name, change.object());
  }

  private static String set(String pod) {
    return pod.substring(0, Math.max(pod.lastIndexOf('-'), 0));
  }

  private static int ordinal(String pod) {
    return Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1));
  }
}
