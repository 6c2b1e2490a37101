package io.ordinal.tests.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The history of one run, as every controller remembers it; they must agree. */
final class Replay {
  private final LabCluster cluster;
  private final History history;
  private final long from;
  private int changes;

  private Replay(LabCluster cluster, History history, long from) {
    this.cluster = cluster;
    this.history = history;
    this.from = from;
  }

  /** What is there now was added before anything else. */
  static Replay begin(LabCluster cluster, Set<String> ordered, Course course) {
    History history =
        new History(
            ordered,
            pod ->
                course.struck().contains(Objects.node(pod))
                    || course.deleted().contains(Objects.name(pod)),
            claim -> course.givenUp().contains(claim));
    Api api = cluster.api(cluster.shape().controllers().get(0));
    long from = Long.MAX_VALUE;
    List<Change> present = new ArrayList<>();
    for (String source : Feed.SOURCES) {
      JsonNode list = api.get(source).ok();
      from = Math.min(from, Objects.revision(list));
      for (JsonNode each : list.path("items")) {
        present.add(new Change(Objects.revision(each), "ADDED", source, each));
      }
    }
    history.replay(present);
    return new Replay(cluster, history, from);
  }

  int changes() {
    return changes;
  }

  List<String> offences() {
    List<Integer> controllers = cluster.shape().controllers();
    long to = Feed.revision(cluster.api(controllers.get(0)));
    List<Change> first = Feed.between(cluster.api(controllers.get(0)), from, to);
    changes = first.size();
    List<String> offences = new ArrayList<>(history.replay(first));
    for (int other : controllers.subList(1, controllers.size())) {
      List<String> here = first.stream().map(Change::summary).toList();
      List<String> there =
          Feed.between(cluster.api(other), from, to).stream().map(Change::summary).toList();
      if (!here.equals(there))
        offences.add("I8: controllers remember differently: " + difference(here, there));
    }
    return offences;
  }

  private static String difference(List<String> here, List<String> there) {
    List<String> onlyHere = new ArrayList<>(here);
    onlyHere.removeAll(there);
    List<String> onlyThere = new ArrayList<>(there);
    onlyThere.removeAll(here);
    return onlyHere + " and " + onlyThere;
  }
}
