package io.ordinal.controller.api.patch;

/** Carries a refusal out of the recursion; never leaves this package. */
@SuppressWarnings("serial") // Never serialized.
final class PatchRefusal extends RuntimeException {
  private final Patched.Refused refused;

  private PatchRefusal(Patched.Refused refused) {
    super(refused.message(), null, false, false);
    this.refused = refused;
  }

  static PatchRefusal malformed(String message) {
    return new PatchRefusal(new Patched.Refused(Patched.Fault.MALFORMED, message, ""));
  }

  static PatchRefusal tooLarge(String message) {
    return new PatchRefusal(new Patched.Refused(Patched.Fault.TOO_LARGE, message, ""));
  }

  static PatchRefusal unprocessable(String detail) {
    return new PatchRefusal(
        new Patched.Refused(
            Patched.Fault.UNPROCESSABLE,
            "the server rejected our request due to an error in our request",
            detail));
  }

  Patched.Refused refused() {
    return refused;
  }
}
