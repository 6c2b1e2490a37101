package io.ordinal.controller.replica;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.store.StoredObject;

/** What a replica does about a request. */
sealed interface Step {
  /** Commit this state; the asker learns of the pod afterwards. */
  record Write(ReplicaState next, Decision decision) implements Step {}

  /** Nothing changes. */
  record Answer(Verdict<StoredObject> verdict) implements Step {}
}
