package io.ordinal.controller.api.kind;

import io.ordinal.controller.api.kind.review.LocalSubjectAccessReview;
import io.ordinal.controller.api.kind.review.SelfSubjectReview;
import io.ordinal.controller.api.kind.review.TokenRequest;
import io.ordinal.controller.api.kind.review.TokenReview;
import java.util.List;

/** A question that is posted, answered, and stored nowhere. */
public final class ReviewKind extends OrdinaryKind {
  private static final String ACCESS = "authorization.k8s.io/v1";
  private static final String IDENTITY = "authentication.k8s.io/v1";

  private ReviewKind(KindNames names, Class<?> schema) {
    super(names, schema);
  }

  /** About what the sender, or somebody else, may do. */
  static ReviewKind of(Class<?> schema) {
    return cluster(ACCESS, schema);
  }

  /** The same, for those who have rights in a namespace only. */
  static ReviewKind local() {
    return new ReviewKind(
        KindNames.namespaced(ACCESS, "LocalSubjectAccessReview", "localsubjectaccessreviews"),
        LocalSubjectAccessReview.class);
  }

  /** Who the sender is. */
  static ReviewKind whoAmI() {
    return cluster(IDENTITY, SelfSubjectReview.class);
  }

  /** Whose a token is. */
  static ReviewKind whoseToken() {
    return cluster(IDENTITY, TokenReview.class);
  }

  /** What is posted to an account to get a token. */
  public static ResourceKind tokenRequest() {
    return cluster(IDENTITY, TokenRequest.class);
  }

  private static ReviewKind cluster(String apiVersion, Class<?> schema) {
    String kind = schema.getSimpleName();
    String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
    return new ReviewKind(KindNames.cluster(apiVersion, kind, plural), schema);
  }

  @Override
  public List<String> verbs() {
    return List.of("create");
  }

  @Override
  public boolean isStored() {
    return false;
  }
}
