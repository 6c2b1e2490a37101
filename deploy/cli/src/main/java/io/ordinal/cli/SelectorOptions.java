package io.ordinal.cli;

import io.ordinal.cli.resource.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Which objects of a kind. */
final class SelectorOptions {
  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      defaultValue = "",
      description = "only objects with these labels, such as app=web,tier!=cache")
  private String labels;

  @Option(
      names = "--field-selector",
      paramLabel = "SELECTOR",
      defaultValue = "",
      description = "only objects with these fields, such as spec.nodeName=n1")
  private String fields;

  boolean given() {
    return !labels.isEmpty() || !fields.isEmpty();
  }

  /** For a list; an object that is named is not selected any more. */
  String query(Target target) {
    if (target.name().isPresent()) return "";
    String query = terms(fields);
    return query.isEmpty() ? "" : "?" + query;
  }

  /** For a watch, where one object is selected by its name. */
  String watching(Target target) {
    return terms(target.name().map(name -> "metadata.name=" + name).orElse(fields));
  }

  private String terms(String wanted) {
    StringBuilder query = new StringBuilder();
    if (!labels.isEmpty()) query.append("labelSelector=").append(encoded(labels));
    if (!wanted.isEmpty()) {
      if (!query.isEmpty()) query.append('&');
      query.append("fieldSelector=").append(encoded(wanted));
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
