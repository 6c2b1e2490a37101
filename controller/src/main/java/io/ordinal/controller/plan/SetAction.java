package io.ordinal.controller.plan;

import io.ordinal.controller.model.ClaimView;

/** A next step of a set. Steps of one plan do not depend on each other. */
public sealed interface SetAction {
  int ordinal();

  <R> R match(Cases<R> cases);

  /** Make a pod from this revision, and the claims that it lacks. */
  record Begin(int ordinal, String revision) implements SetAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.begin(this);
    }
  }

  /** Delete the pod gracefully. */
  record End(int ordinal, String podUid, Why why) implements SetAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.end(this);
    }
  }

  /** Give the pod the labels it should have, and make the claims that it lacks. */
  record Amend(int ordinal, String podUid) implements SetAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.amend(this);
    }
  }

  /** Make the set the pod's controller. */
  record Adopt(int ordinal, String podUid) implements SetAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.adopt(this);
    }
  }

  /** Let go of a pod that the selector does not match. */
  record Release(int ordinal, String podUid) implements SetAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.release(this);
    }
  }

  /** Let the claims of this ordinal go with that owner. */
  record OwnClaims(int ordinal, ClaimView.Owner owner) implements SetAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownClaims(this);
    }
  }

  /** Why a pod is ended. */
  enum Why {
    /** It failed or succeeded and will never run again. */
    FINISHED,
    /** The set does not want its ordinal. */
    SURPLUS,
    /** Its revision is not the newest one. */
    OUTDATED,
    /** It blocks the set, and is of a revision that the set does not want any more. */
    BROKEN
  }

  /** One method for each kind of step. */
  interface Cases<R> {
    R begin(Begin action);

    R end(End action);

    R amend(Amend action);

    R adopt(Adopt action);

    R release(Release action);

    R ownClaims(OwnClaims action);
  }
}
