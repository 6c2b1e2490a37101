package io.ordinal.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Small documents for tests of stores. */
public final class SampleDocuments {
  private static final String HEAD = "{\"metadata\":{\"resourceVersion\":\"";

  private SampleDocuments() {}

  public static Draft draft(String uid, long generation, String value) {
    String tail = "\",\"uid\":\"" + uid + "\"},\"value\":\"" + value + "\"}";
    return new Draft((HEAD + tail).getBytes(UTF_8), HEAD.length(), uid, generation);
  }

  /** What clients read after {@link #draft} was stored at a revision. */
  public static String stored(long revision, String uid, String value) {
    return HEAD + revision + "\",\"uid\":\"" + uid + "\"},\"value\":\"" + value + "\"}";
  }

  public static ObjectKey pod(String namespace, String name) {
    return new ObjectKey(new ResourceName("pods"), namespace, name);
  }

  public static String text(byte[] document) {
    return new String(document, UTF_8);
  }
}
