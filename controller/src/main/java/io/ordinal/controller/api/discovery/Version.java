package io.ordinal.controller.api.discovery;

import io.ordinal.controller.document.Json;
import tools.jackson.databind.node.ObjectNode;

/** The answer to {@code /version}: the Kubernetes release whose API this is. */
public final class Version {
  private Version() {}

  public static ObjectNode tree() {
    ObjectNode version = Json.object();
    version.put("major", "1");
    version.put("minor", "32"); // kubectl's dispatcher chooses its client by this.
    version.put("gitVersion", "v1.32.5+ordinal");
    version.put("gitCommit", "");
    version.put("gitTreeState", "clean");
    version.put("buildDate", "1970-01-01T00:00:00Z");
    version.put("goVersion", "");
    version.put("compiler", "javac");
    version.put("platform", "java/any");
    return version;
  }
}
