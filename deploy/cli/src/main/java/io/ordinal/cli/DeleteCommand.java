package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.cli.client.Manifest;
import io.ordinal.cli.client.Manifests;
import io.ordinal.cli.drain.KubectlDuration;
import io.ordinal.cli.resource.Catalog;
import io.ordinal.cli.resource.Removal;
import io.ordinal.cli.resource.ResourceType;
import io.ordinal.cli.resource.Target;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ordinal delete}, as {@code kubectl delete}. */
@Command(
    name = "delete",
    description = {
      "Delete objects and wait until they are gone: ordinal delete sts/web.",
      "Also -f web.yaml, or pods -l app=web. Claims and volumes stay unless named."
    },
    mixinStandardHelpOptions = true)
final class DeleteCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Mixin private SelectorOptions selectors;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "WHAT", description = "KIND NAME..., or KIND/NAME...")
  private List<String> what = new ArrayList<>();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = "delete what these manifests name; a directory, or - for standard input")
  private List<String> files = new ArrayList<>();

  @Option(names = "--all", description = "all objects of the kind in the namespace")
  private boolean all;

  @Option(
      names = "--grace-period",
      paramLabel = "SECONDS",
      defaultValue = "-1",
      description = "how long processes may take to end; negative for their own")
  private long grace;

  @Option(names = "--now", description = "the same as --grace-period=1")
  private boolean now;

  @Option(
      names = "--force",
      description = "end the processes at once; the object still goes only when they are gone")
  private boolean force;

  @Option(
      names = "--cascade",
      paramLabel = "HOW",
      defaultValue = "background",
      description = "background, foreground or orphan: what becomes of what it owns")
  private Cascade cascade;

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "wait until the objects are gone (default: true)")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "0",
      converter = KubectlDuration.class,
      description = "give up waiting after this; 0 never")
  private Duration timeout;

  @Option(names = "--ignore-not-found", description = "an object that is not there is no failure")
  private boolean lenient;

  /** What becomes of dependents. */
  enum Cascade {
    BACKGROUND,
    FOREGROUND,
    ORPHAN;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    String policy() {
      return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One object, where it is. */
  private record Doomed(Target target, String path) {}

  @Override
  public Integer call() throws Exception {
    Connection connection = cluster.open();
    List<Doomed> doomed = doomed(connection);
    PrintWriter out = spec.commandLine().getOut();
    if (doomed.isEmpty()) {
      out.println("No resources found");
      return 0;
    }
    List<Removal> begun = new ArrayList<>();
    int failures = 0;
    for (Doomed each : doomed) {
      try {
        begun.add(Removal.begin(connection.api(), each.path(), options()));
        String how = force ? "force deleted" : "deleted";
        String name = each.target().name().orElseThrow();
        out.println(each.target().type().shown() + " \"" + name + "\" " + how);
      } catch (ApiFailure refused) {
        if (lenient && refused.code() == 404) continue;
        spec.commandLine().getErr().println(refused.getMessage());
        failures++;
      }
    }
    out.flush();
    if (wait) for (Removal each : begun) each.await(timeout);
    return failures == 0 ? 0 : 1;
  }

  private List<Doomed> doomed(Connection connection) throws IOException, InterruptedException {
    Catalog catalog = connection.catalog();
    List<Doomed> found = new ArrayList<>();
    for (String file : files) {
      for (Manifest manifest : Manifests.read(file))
        found.add(named(connection, catalog, manifest));
    }
    if (what.isEmpty() && !files.isEmpty()) return found;
    for (Target target : Target.read(catalog, what)) {
      if (target.name().isPresent()) {
        found.add(new Doomed(target, target.path(connection.namespace())));
      } else {
        found.addAll(selected(connection, target));
      }
    }
    return found;
  }

  private List<Doomed> selected(Connection connection, Target target)
      throws IOException, InterruptedException {
    if (!all && !selectors.given()) {
      throw new IOException(
          "expected the names of " + target.type().plural() + ", -l SELECTOR or --all");
    }
    String collection = target.type().collection(connection.namespace());
    List<Doomed> found = new ArrayList<>();
    for (JsonNode each :
        connection
            .api()
            .get(collection + selectors.query(target), "application/json")
            .path("items")) {
      String name = each.path("metadata").path("name").asString("");
      Target one = new Target(target.type(), Optional.of(name));
      found.add(new Doomed(one, collection + "/" + name));
    }
    return found;
  }

  private static Doomed named(Connection connection, Catalog catalog, Manifest manifest)
      throws IOException {
    ObjectNode object = manifest.object();
    ResourceType type =
        catalog
            .find(object.path("apiVersion").asString(""), object.path("kind").asString(""))
            .orElseThrow(manifest::unserved);
    JsonNode metadata = object.path("metadata");
    Target target = new Target(type, Optional.of(metadata.path("name").asString("")));
    return new Doomed(
        target, target.path(metadata.path("namespace").asString(connection.namespace())));
  }

  private ObjectNode options() {
    ObjectNode options = Json.object();
    options.put("kind", "DeleteOptions").put("apiVersion", "v1");
    options.put("propagationPolicy", cascade.policy());
    long seconds = force ? Math.max(grace, 0) : now ? 1 : grace;
    if (seconds >= 0) options.put("gracePeriodSeconds", seconds);
    return options;
  }
}
