package io.ordinal.cli.resource;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A kind of object as the server serves it.
 *
 * @param group empty for the core
 * @param names that people call it by: plural, singular, kind, short names; lower case
 * @param subresources such as scale
 */
public record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    Set<String> names,
    Set<String> categories,
    List<String> verbs,
    Set<String> subresources) {

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Such as sts. */
  public List<String> shortNames() {
    String singular = kind.toLowerCase(Locale.ROOT);
    return names.stream().filter(each -> !each.equals(plural) && !each.equals(singular)).toList();
  }

  /** Of all its objects, or of those in one namespace. */
  public String collection(String namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return namespaced && !namespace.isEmpty()
        ? root + "/namespaces/" + namespace + "/" + plural
        : root + "/" + plural;
  }

  /** As kubectl prints it before a name, such as {@code statefulset.apps}. */
  public String shown() {
    String singular = kind.toLowerCase(Locale.ROOT);
    return group.isEmpty() ? singular : singular + "." + group;
  }

  /** Whether a person means it by this word, such as {@code sts} or {@code statefulsets.apps}. */
  boolean isMeantBy(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    int dot = lower.indexOf('.');
    if (dot < 0) return names.contains(lower);
    String where = lower.substring(dot + 1);
    boolean here = where.equals(group) || where.equals(version + "." + group);
    return here && names.contains(lower.substring(0, dot));
  }
}
