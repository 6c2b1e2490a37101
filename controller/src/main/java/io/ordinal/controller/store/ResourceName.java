package io.ordinal.controller.store;

import java.util.regex.Pattern;

/**
 * A kind of API object by its qualified plural: {@code pods} in the core group, {@code
 * statefulsets.apps} elsewhere.
 */
public record ResourceName(String value) implements Comparable<ResourceName> {
  private static final Pattern QUALIFIED_PLURAL = Pattern.compile("[a-z0-9.-]+");

  public ResourceName {
    if (!QUALIFIED_PLURAL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "expected a qualified plural such as statefulsets.apps, found '" + value + "'");
    }
  }

  /** Joins plural and group; the group is empty for core kinds. */
  public static ResourceName of(String group, String plural) {
    return new ResourceName(group.isEmpty() ? plural : plural + "." + group);
  }

  @Override
  public int compareTo(ResourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
