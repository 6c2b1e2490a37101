package io.ordinal.controller.api.kind;

import java.util.List;

/** What a kind is called, and where its objects live. */
record KindNames(
    String group,
    String version,
    String kind,
    String plural,
    List<String> shortNames,
    List<String> categories,
    boolean namespaced) {
  static KindNames namespaced(String apiVersion, String kind, String plural, String... shortNames) {
    return of(apiVersion, kind, plural, true, shortNames);
  }

  static KindNames cluster(String apiVersion, String kind, String plural, String... shortNames) {
    return of(apiVersion, kind, plural, false, shortNames);
  }

  private static KindNames of(
      String apiVersion, String kind, String plural, boolean namespaced, String... shortNames) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    return new KindNames(group, version, kind, plural, List.of(shortNames), List.of(), namespaced);
  }

  /** The same, shown by {@code kubectl get all}. */
  KindNames inAll() {
    return new KindNames(group, version, kind, plural, shortNames, List.of("all"), namespaced);
  }
}
