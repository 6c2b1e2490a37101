package io.ordinal.protocol.wire;

/** What a message cannot do without. */
final class Needed {
  private Needed() {}

  static void field(boolean present, String what) {
    if (!present) throw new UndecodableMessage(what + " is missing");
  }

  static String text(String value, String what) {
    field(!value.isBlank(), what);
    return value;
  }
}
