package io.ordinal.controller.cluster;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides whom a member proposes to down. Pure. That nobody downs everybody follows from two
 * things: nobody proposes itself, and of two proposals on the same record the store takes one,
 * whose victims may then propose no more.
 */
final class DowningPlan {
  private DowningPlan() {}

  /** One member cannot reach another. */
  record Complaint(Seat observer, Seat subject) {}

  /**
   * @param members all that are not down, self among them
   * @param complaints with the time for which each has stood
   */
  record Situation(Seat self, Set<Seat> members, Map<Complaint, Duration> complaints) {
    /**
     * Without those whom a decision downed already, whether or not the cluster has heard of it:
     * their complaints, and those about them, are dealt with.
     */
    Situation after(DowningRecord decided) {
      Set<Seat> left = new HashSet<>(members);
      left.removeAll(decided.downed());
      return new Situation(self, left, complaints);
    }
  }

  /**
   * Whom to down now, if the store agrees: nobody while a complaint is young. The smaller part of
   * the cluster is twice as patient, so that it decides only where the larger cannot.
   */
  static Set<Seat> victims(Situation situation, Duration stableAfter) {
    Set<Seat> atOnce = separated(situation, standing(situation, stableAfter));
    if (atOnce.isEmpty() || !isSmaller(situation, atOnce)) return atOnce;
    return separated(situation, standing(situation, stableAfter.multipliedBy(2)));
  }

  private static List<Complaint> standing(Situation situation, Duration least) {
    Set<Seat> members = situation.members();
    return situation.complaints().entrySet().stream()
        .filter(each -> each.getValue().compareTo(least) >= 0)
        .map(Map.Entry::getKey)
        .filter(each -> members.contains(each.observer()) && members.contains(each.subject()))
        .toList();
  }

  /**
   * All that self cannot reach; then, of those who complain about each other, as few as silence the
   * complaints: first who is complained about most.
   */
  private static Set<Seat> separated(Situation situation, List<Complaint> standing) {
    Seat self = situation.self();
    Set<Seat> out =
        standing.stream()
            .filter(each -> each.observer().equals(self))
            .map(Complaint::subject)
            .collect(Collectors.toCollection(HashSet::new));
    List<Complaint> left = without(standing, out);
    while (!left.isEmpty()) {
      out.add(worst(self, left));
      left = without(left, out);
    }
    return out;
  }

  private static List<Complaint> without(List<Complaint> complaints, Set<Seat> out) {
    return complaints.stream()
        .filter(each -> !out.contains(each.observer()) && !out.contains(each.subject()))
        .toList();
  }

  private static Seat worst(Seat self, List<Complaint> complaints) {
    Set<Seat> concerned = new TreeSet<>();
    complaints.forEach(each -> concerned.add(each.observer()));
    complaints.forEach(each -> concerned.add(each.subject()));
    concerned.remove(self);
    Comparator<Seat> byBlame =
        Comparator.<Seat>comparingLong(
                seat -> complaints.stream().filter(each -> each.subject().equals(seat)).count())
            .thenComparing(Comparator.naturalOrder());
    return concerned.stream().max(byBlame).orElseThrow();
  }

  /** Of two halves the one without the first seat is the smaller. */
  private static boolean isSmaller(Situation situation, Set<Seat> out) {
    int stay = situation.members().size() - out.size();
    if (stay != out.size()) return stay < out.size();
    return out.contains(new TreeSet<>(situation.members()).first());
  }
}
