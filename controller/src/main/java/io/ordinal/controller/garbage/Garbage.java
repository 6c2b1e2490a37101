package io.ordinal.controller.garbage;

import io.ordinal.controller.garbage.ObjectFacts.Owner;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what becomes of an object because of others. Pure. */
final class Garbage {

  private Garbage() {}

  /** How an owner stands to those that it owns. */
  enum Standing {
    /** It is there, or nobody can tell. */
    PRESENT,
    /** It is gone for good: uids do not come back. */
    GONE,
    /** It goes as soon as its dependents are gone. */
    WAITING,
    /** It goes as soon as its dependents have forgotten it. */
    ORPHANING
  }

  /** What is known about others. */
  interface Sight {
    Standing standing(Owner owner);

    Collection<ObjectFacts> dependents(String uid);

    /** Whether the namespace is being deleted. */
    boolean ending(String namespace);

    boolean isEmpty(String namespace);
  }

  /** The next step about this object, if there is one. */
  static Optional<GarbageStep> decide(ObjectFacts object, Sight sight) {
    return released(object, sight)
        .<GarbageStep>map(finalizer -> new GarbageStep.LetGo(object.key(), finalizer))
        .or(() -> forOwners(object, sight))
        .or(() -> forNamespace(object, sight));
  }

  /** The finalizer that holds the object for no reason any more. */
  private static Optional<String> released(ObjectFacts object, Sight sight) {
    if (!object.deleting()) return Optional.empty();
    Collection<ObjectFacts> dependents = sight.dependents(object.uid());
    if (object.heldBy(ObjectFacts.ORPHAN) && dependents.isEmpty()) {
      return Optional.of(ObjectFacts.ORPHAN);
    }
    if (object.heldBy(ObjectFacts.FOREGROUND)
        && dependents.stream().noneMatch(each -> each.blocks(object.uid()))) {
      return Optional.of(ObjectFacts.FOREGROUND);
    }
    return Optional.empty();
  }

  private static Optional<GarbageStep> forOwners(ObjectFacts object, Sight sight) {
    Set<String> forgotten = forgotten(object.owners(), sight::standing);
    if (!forgotten.isEmpty()) return Optional.of(new GarbageStep.Disown(object.key(), forgotten));
    if (object.deleting() || !doomed(object.owners(), sight::standing)) return Optional.empty();
    boolean waitedFor =
        object.owners().stream().anyMatch(each -> sight.standing(each) == Standing.WAITING);
    boolean foreground = waitedFor && !sight.dependents(object.uid()).isEmpty();
    return Optional.of(new GarbageStep.Delete(object.key(), object.uid(), foreground));
  }

  private static Optional<GarbageStep> forNamespace(ObjectFacts object, Sight sight) {
    String name = object.key().name();
    if (object.key().resource().equals(ObjectFacts.NAMESPACES)) {
      if (!object.deleting()) return Optional.empty();
      return Optional.of(
          sight.isEmpty(name)
              ? new GarbageStep.Close(object.key())
              : new GarbageStep.TellRemaining(object.key()));
    }
    return object.deleting() || !sight.ending(object.key().namespace())
        ? Optional.empty()
        : Optional.of(new GarbageStep.Delete(object.key(), object.uid(), false));
  }

  /**
   * Owners that the object should forget: those that ask for it, and dead ones beside live ones.
   */
  static Set<String> forgotten(List<Owner> owners, Function<Owner, Standing> standing) {
    boolean kept = owners.stream().anyMatch(each -> standing.apply(each) == Standing.PRESENT);
    return owners.stream()
        .filter(
            each ->
                switch (standing.apply(each)) {
                  case PRESENT -> false;
                  case GONE, WAITING -> kept;
                  case ORPHANING -> true;
                })
        .map(Owner::uid)
        .collect(Collectors.toSet());
  }

  /** Whether the object had owners, and not one of them keeps it. */
  static boolean doomed(List<Owner> owners, Function<Owner, Standing> standing) {
    return !owners.isEmpty()
        && owners.stream()
            .map(standing)
            .allMatch(each -> each == Standing.GONE || each == Standing.WAITING);
  }
}
