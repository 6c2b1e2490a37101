package io.ordinal.tests.fuzz;

import java.util.List;
import java.util.StringJoiner;

/** Queries, sensible and not. */
final class Query {
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "500", "-1", "abc", "99999999999999999999", "");
  private static final List<String> KEYS =
      List.of("metadata.name", "metadata.namespace", "status.phase", "spec.nodeName", "x", "");
  private static final List<String> PARTS =
      List.of(
          "a", "b", "=", "==", "!=", "!", ",", " in ", " notin ", "(", ")", ">", "<", "a.b/c",
          "a=b", " ", "@");

  private final Chaos chaos;

  Query(Chaos chaos) {
    this.chaos = chaos;
  }

  String any() {
    return chaos.oneIn(2) ? "" : list();
  }

  /** Of a get or list; a watch is never long. */
  String list() {
    StringJoiner all = new StringJoiner("&", "?", "");
    all.setEmptyValue("");
    if (chaos.oneIn(4)) all.add("limit=" + escaped(chaos.any(NUMBERS)));
    if (chaos.oneIn(8)) all.add("resourceVersion=" + escaped(chaos.any(NUMBERS)));
    if (chaos.oneIn(12)) {
      all.add("resourceVersionMatch=" + chaos.any(List.of("Exact", "NotOlderThan", "x", "")));
    }
    if (chaos.oneIn(4)) all.add("labelSelector=" + escaped(soup()));
    if (chaos.oneIn(5)) all.add("fieldSelector=" + escaped(fields()));
    if (chaos.oneIn(20)) all.add("continue=" + escaped(chaos.text()));
    if (chaos.oneIn(20))
      all.add("continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhL2IifQ");
    if (chaos.oneIn(10))
      all.add("includeObject=" + chaos.any(List.of("None", "Object", "Metadata", "x")));
    if (chaos.oneIn(500))
      all.add("watch=true&timeoutSeconds=1&allowWatchBookmarks=" + chaos.chance.nextBoolean());
    else if (chaos.oneIn(500)) all.add("watch=true&timeoutSeconds=1&sendInitialEvents=true");
    if (chaos.oneIn(15)) all.add(escaped(chaos.text()) + "=" + escaped(chaos.text()));
    if (chaos.oneIn(40)) all.add(chaos.any(List.of("%", "%zz", "a=%f", "&&&", "=", "limit=%31")));
    return all.toString();
  }

  /**
   * @param dry whether nothing may come of it
   */
  String write(boolean dry) {
    StringJoiner all = new StringJoiner("&", "?", "");
    all.setEmptyValue("");
    if (dry) all.add("dryRun=All");
    else if (chaos.oneIn(6)) all.add("dryRun=" + chaos.any(List.of("All", "None", "", "all")));
    if (chaos.oneIn(4)) {
      all.add("fieldValidation=" + chaos.any(List.of("Strict", "Warn", "Ignore", "x", "")));
    }
    if (chaos.oneIn(4)) all.add("fieldManager=" + escaped(chaos.text()));
    if (chaos.oneIn(8)) all.add("force=" + chaos.any(List.of("true", "false", "x")));
    if (chaos.oneIn(12)) all.add("gracePeriodSeconds=" + escaped(chaos.any(NUMBERS)));
    if (chaos.oneIn(12)) all.add("propagationPolicy=" + escaped(chaos.text()));
    return all.toString();
  }

  private String soup() {
    StringBuilder text = new StringBuilder();
    for (int i = chaos.chance.nextInt(7); i > 0; i--) text.append(chaos.any(PARTS));
    return chaos.oneIn(10) ? chaos.text() : text.toString();
  }

  private String fields() {
    StringJoiner text = new StringJoiner(",");
    for (int i = chaos.chance.nextInt(3); i >= 0; i--) {
      text.add(chaos.any(KEYS) + chaos.any(List.of("=", "==", "!=", "")) + chaos.text());
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return RequestMaker.escaped(text);
  }
}
