package io.ordinal.controller.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Where an API object stands.
 *
 * @param namespace empty for objects of the whole cluster
 */
public record ObjectKey(ResourceName resource, String namespace, String name) {
  /** By resource, namespace and name, as their bytes in UTF-8 stand: the order of every scan. */
  public static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::resource)
          .thenComparing(ObjectKey::namespace, ObjectKey::compareBytes)
          .thenComparing(ObjectKey::name, ObjectKey::compareBytes);

  public ObjectKey {
    if (name.isEmpty())
      throw new IllegalArgumentException("an object of " + resource + " needs a name");
  }

  private static int compareBytes(String one, String other) {
    byte[] left = one.getBytes(StandardCharsets.UTF_8);
    return Arrays.compareUnsigned(left, other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? resource + " " + name : resource + " " + namespace + "/" + name;
  }
}
