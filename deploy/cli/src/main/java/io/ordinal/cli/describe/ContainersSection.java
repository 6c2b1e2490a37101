package io.ordinal.cli.describe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The containers of a pod or of a template: what they are, and how they are. */
final class ContainersSection {
  private static final int FIELD = 2;
  private static final int VALUE = 3;

  private final Sheet sheet;
  private final EnvironmentSection environment;

  /**
   * @param fields the value at a path in the pod; empty where it is not known
   */
  ContainersSection(Sheet sheet, UnaryOperator<String> fields) {
    this.sheet = sheet;
    this.environment = new EnvironmentSection(sheet, fields);
  }

  /**
   * @param statuses missing of a template
   * @param indent one more in templates
   */
  void write(String title, JsonNode containers, JsonNode statuses, String indent) {
    sheet.line(0, indent + title + ":" + (containers.isEmpty() ? " <none>" : ""));
    for (JsonNode each : containers) {
      String name = Texts.of(each.path("name"));
      sheet.line(1, (indent.isEmpty() ? "" : " ") + name + ":");
      one(each, named(statuses, name));
    }
  }

  private static JsonNode named(JsonNode statuses, String name) {
    for (JsonNode each : statuses) if (Texts.of(each.path("name")).equals(name)) return each;
    return statuses.path(-1); // Missing.
  }

  private void one(JsonNode container, JsonNode status) {
    if (status.isObject()) field("Container ID", Texts.of(status.path("containerID")));
    field("Image", Texts.of(container.path("image")));
    if (status.isObject()) field("Image ID", Texts.of(status.path("imageID")));
    ports("Port", container.path("ports"), "containerPort");
    ports("Host Port", container.path("ports"), "hostPort");
    words("Command", container.path("command"));
    words("Args", container.path("args"));
    if (status.isObject()) ContainerState.write(sheet, status);
    amounts("Limits", container.path("resources").path("limits"));
    amounts("Requests", container.path("resources").path("requests"));
    probe("Liveness", container.path("livenessProbe"));
    probe("Readiness", container.path("readinessProbe"));
    probe("Startup", container.path("startupProbe"));
    environment.write(container);
    mounts(container.path("volumeMounts"));
  }

  private void field(String title, String value) {
    sheet.line(FIELD, title + ":", value);
  }

  private void ports(String title, JsonNode ports, String field) {
    List<String> found = new ArrayList<>();
    for (JsonNode each : ports) {
      found.add(each.path(field).asInt(0) + "/" + Texts.of(each.path("protocol")));
    }
    field(found.size() > 1 ? title + "s" : title, Texts.orNone(String.join(", ", found)));
  }

  private void words(String title, JsonNode words) {
    if (words.isEmpty()) return;
    sheet.line(FIELD, title + ":");
    for (String each : Texts.list(words)) {
      for (String line : each.split("\n", -1)) sheet.line(VALUE, line);
    }
  }

  private void amounts(String title, JsonNode amounts) {
    if (amounts.isEmpty()) return;
    sheet.line(FIELD, title + ":");
    Texts.map(amounts).forEach((name, amount) -> sheet.line(VALUE, name + ":", amount));
  }

  private void probe(String title, JsonNode probe) {
    if (probe.isObject()) field(title, ProbeText.of(probe));
  }

  private void mounts(JsonNode mounts) {
    if (mounts.isEmpty()) {
      field("Mounts", "<none>");
      return;
    }
    sheet.line(FIELD, "Mounts:");
    StreamSupport.stream(mounts.spliterator(), false)
        .sorted(Comparator.comparing(each -> Texts.of(each.path("mountPath"))))
        .forEach(each -> sheet.line(VALUE, mount(each)));
  }

  private static String mount(JsonNode mount) {
    String path = Texts.of(mount.path("subPath"));
    return Texts.of(mount.path("mountPath"))
        + " from "
        + Texts.of(mount.path("name"))
        + " ("
        + (mount.path("readOnly").asBoolean(false) ? "ro" : "rw")
        + (path.isEmpty() ? "" : ",path=\"" + path + "\"")
        + ")";
  }
}
