package io.ordinal.controller.model;

import java.util.List;

/**
 * The answer to something that was asked for: done, refused for a reason that is the caller's, or
 * not now.
 *
 * @param <T> what is answered when it is done
 */
public sealed interface Verdict<T> {
  record Done<T>(T value) implements Verdict<T> {}

  /** The caller's doing; asking again unchanged gets the same answer. */
  record Rejected<T>(Reason reason, String message, List<Cause> causes) implements Verdict<T> {
    public Rejected(Reason reason, String message) {
      this(reason, message, List.of());
    }

    /** The same refusal as an answer of another type. */
    public <U> Rejected<U> as() {
      return new Rejected<>(reason, message, causes);
    }
  }

  /** The world's doing; asking again later may succeed. */
  record TryLater<T>(String message) implements Verdict<T> {
    public <U> TryLater<U> as() {
      return new TryLater<>(message);
    }
  }

  /**
   * One fault of an object, as in {@code Status.details.causes}.
   *
   * @param reason such as FieldValueInvalid
   * @param field path such as spec.replicas
   */
  record Cause(String reason, String message, String field) {}

  /** Reasons as in {@code metav1.Status}. */
  enum Reason {
    BAD_REQUEST,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    ALREADY_EXISTS,
    CONFLICT,
    INVALID,
    TOO_LARGE
  }
}
