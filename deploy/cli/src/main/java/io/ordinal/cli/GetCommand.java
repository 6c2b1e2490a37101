package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.cli.resource.Catalog;
import io.ordinal.cli.resource.OutputFormat;
import io.ordinal.cli.resource.ResourceType;
import io.ordinal.cli.resource.ServerTable;
import io.ordinal.cli.resource.Target;
import io.ordinal.cli.resource.Watching;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ordinal get}: shows objects, as {@code kubectl get} does. */
@Command(
    name = "get",
    description =
        "Show objects: ordinal get pods, ordinal get sts/web -o yaml, ordinal get all -A.",
    mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Mixin private SelectorOptions selectors;
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "WHAT", description = "KIND [NAME...], or KIND/NAME...")
  private List<String> what;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = Formats.class,
      completionCandidates = Formats.class,
      description = "wide, name, json or yaml (default: a table)")
  private OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "objects of all namespaces")
  private boolean everywhere;

  @Option(
      names = {"-w", "--watch"},
      description = "go on showing what changes")
  private boolean watch;

  @Option(names = "--show-labels", description = "a column with the labels")
  private boolean labels;

  @Option(names = "--no-headers", description = "no line with the columns' names")
  private boolean bare;

  @Option(names = "--ignore-not-found", description = "an object that is not there is no failure")
  private boolean lenient;

  @Option(
      names = "--show-managed-fields",
      description = "who set which fields, with -o json or yaml")
  private boolean fieldManagers;

  @Override
  public Integer call() throws Exception {
    Connection connection = cluster.open();
    List<Target> targets = Target.read(connection.catalog(), what);
    String namespace = everywhere ? "" : connection.namespace();
    if (watch) {
      if (targets.size() != 1) throw new IOException("expected one kind or object to watch");
      return follow(connection, targets.get(0), namespace);
    }
    return format.isTable()
        ? tables(connection, targets, namespace)
        : documents(connection, targets, namespace);
  }

  private int tables(Connection connection, List<Target> targets, String namespace)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Map<ResourceType, ObjectNode> tables = new LinkedHashMap<>();
    for (Target each : targets) {
      String path = each.path(namespace) + selectors.query(each);
      ObjectNode table;
      try {
        table = connection.api().get(path, ServerTable.ACCEPT);
      } catch (ApiFailure failure) {
        pass(failure);
        continue;
      }
      if (table.path("rows").isEmpty()) continue;
      tables.merge(each.type(), table, GetCommand::together);
    }
    int shown = 0;
    for (Map.Entry<ResourceType, ObjectNode> each : tables.entrySet()) {
      if (shown++ > 0) out.println();
      boolean several = targets.stream().map(Target::type).distinct().count() > 1;
      printer(each.getKey(), several).lines(each.getValue()).forEach(out::println);
    }
    if (shown == 0 && !lenient) nothing(namespace);
    out.flush();
    return 0;
  }

  /** One table of what is of one type. */
  private static ObjectNode together(ObjectNode table, ObjectNode more) {
    more.path("rows").forEach(table.withArrayProperty("rows")::add);
    return table;
  }

  private void pass(ApiFailure failure) throws ApiFailure {
    if (!lenient || failure.code() != 404) throw failure;
  }

  private ServerTable printer(ResourceType type, boolean kindsShown) {
    return new ServerTable(
        new ServerTable.Look(
            format == OutputFormat.WIDE,
            everywhere && type.namespaced(),
            labels,
            !bare,
            kindsShown ? type.shown() + "/" : ""));
  }

  private void nothing(String namespace) {
    String where = namespace.isEmpty() ? "" : " in " + namespace + " namespace";
    spec.commandLine().getErr().println("No resources found" + where + ".");
  }

  private int documents(Connection connection, List<Target> targets, String namespace)
      throws IOException, InterruptedException {
    List<ObjectNode> found = new ArrayList<>();
    boolean single = targets.size() == 1 && targets.get(0).name().isPresent();
    for (Target each : targets) {
      String path = each.path(namespace) + selectors.query(each);
      if (each.name().isEmpty()) {
        items(connection.api().get(path, "application/json"), found);
      } else {
        try {
          found.add(connection.api().get(path, "application/json"));
        } catch (ApiFailure failure) {
          pass(failure);
        }
      }
    }
    if (!fieldManagers) found.forEach(GetCommand::withoutFieldManagers);
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.NAME) {
      names(found, connection.catalog()).forEach(out::println);
    } else if (single) {
      found.forEach(each -> out.print(format.print(each)));
    } else {
      out.print(format.print(list(found)));
    }
    out.flush();
    return 0;
  }

  private static void withoutFieldManagers(ObjectNode object) {
    if (object.get("metadata") instanceof ObjectNode metadata) metadata.remove("managedFields");
  }

  private static void items(ObjectNode list, List<ObjectNode> found) {
    String kind = list.path("kind").asString("").replaceAll("List$", "");
    for (JsonNode each : list.path("items")) {
      ObjectNode item = Json.object();
      item.put("apiVersion", list.path("apiVersion").asString("")).put("kind", kind);
      item.setAll((ObjectNode) each);
      found.add(item);
    }
  }

  private static List<String> names(List<ObjectNode> found, Catalog catalog) throws IOException {
    List<String> names = new ArrayList<>();
    for (ObjectNode each : found) {
      String type =
          catalog.of(each.path("apiVersion").asString(""), each.path("kind").asString("")).shown();
      names.add(type + "/" + each.path("metadata").path("name").asString(""));
    }
    return names;
  }

  private static ObjectNode list(List<ObjectNode> found) {
    ObjectNode list = Json.object();
    list.put("apiVersion", "v1");
    list.putArray("items").addAll(found);
    list.put("kind", "List");
    return list;
  }

  /** Ends with the command, or with the connection, which is no failure; a refusal is one. */
  private int follow(Connection connection, Target target, String namespace) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (!format.isTable()) throw new IOException("-w shows tables only; leave -o out, or use wide");
    ServerTable printer = printer(target.type(), false);
    try {
      Watching.tables(
          connection.api(),
          target.type().collection(namespace),
          selectors.watching(target),
          table -> {
            printer.lines(table).forEach(out::println);
            out.flush();
          });
    } catch (Watching.Ended ended) {
      ErrorLines.print(spec.commandLine(), ended.getMessage());
    }
    return 0;
  }
}
