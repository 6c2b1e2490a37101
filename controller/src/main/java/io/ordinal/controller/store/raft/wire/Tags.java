package io.ordinal.controller.store.raft.wire;

/** The numbers in the log. Never changed, never reused. */
final class Tags {
  static final int VERSION = 1;

  static final int BATCH = 1;
  static final int PURGE_FEED = 2;

  static final int PUT = 1;
  static final int PUT_IF_ABSENT = 2;
  static final int DELETE = 3;
  static final int EXPECT = 4;
  static final int PUT_RECORD = 5;
  static final int DELETE_RECORD = 6;
  static final int EXPECT_RECORD = 7;

  static final int ANY = 0;
  static final int ABSENT = 1;
  static final int PRESENT = 2;
  static final int AT_REVISION = 3;
  static final int AT_GENERATION = 4;
  static final int WITH_UID = 5;
  static final int AT_VERSION = 6;

  static final int COMMITTED = 1;
  static final int REFUSED = 2;

  private Tags() {}
}
