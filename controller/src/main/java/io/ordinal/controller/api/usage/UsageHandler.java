package io.ordinal.controller.api.usage;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.read.ListHead;
import io.ordinal.controller.api.read.ReadHandler;
import io.ordinal.controller.api.read.ReadOptions;
import io.ordinal.controller.api.read.Reads;
import io.ordinal.controller.api.read.Reads.Read;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.node.Usages;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.NodeUsage.OfContainer;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers get and list of what is used. Nodes that are not ready are not asked, and those that do
 * not answer in time are left out, as are pods that have just begun.
 */
public final class UsageHandler {
  private static final ResourceName PODS = new ResourceName("pods");
  private static final ResourceName NODES = new ResourceName("nodes");

  /** Pods or nodes, and the nodes to ask. */
  private record Subjects(List<ApiObject> objects, Set<String> nodes) {}

  private final Reads reads;
  private final ReadHandler printer;
  private final Usages usages;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * @param patience with each node
   */
  public UsageHandler(
      Reads reads, ReadHandler printer, Usages usages, Duration patience, InstantSource clock) {
    this.reads = reads;
    this.printer = printer;
    this.usages = usages;
    this.patience = patience;
    this.clock = clock;
  }

  public CompletionStage<HttpResponse> get(Call call) {
    call.form();
    String name = call.path().name();
    return measured(call, view -> named(view, call))
        .thenApply(
            read -> {
              if (read.value().isEmpty()) throw Refusal.notFound(call.kind(), name);
              byte[] body = Form.print(call, read.value().get(0), clock.instant());
              return Answer.warned(Answer.json(200, body), read.warnings());
            });
  }

  public CompletionStage<HttpResponse> list(Call call) {
    call.form();
    Selection selection = Selection.parse(call.kind(), call.query());
    return measured(call, view -> selected(view, call, selection))
        .thenApply(
            read -> {
              ListHead head = ListHead.whole(read.revision());
              return Answer.warned(printer.print(call, head, read.value()), read.warnings());
            });
  }

  private static List<ApiObject> named(View view, Call call) {
    ObjectKey key = new ObjectKey(subject(call), call.path().namespace(), call.path().name());
    return view.get(key).map(ApiObject::of).stream().toList();
  }

  private static List<ApiObject> selected(View view, Call call, Selection selection) {
    List<ApiObject> found = new ArrayList<>();
    view.scan(
        subject(call),
        call.path().namespace(),
        each -> {
          ApiObject object = ApiObject.of(each);
          if (selection.matches(object.tree())) found.add(object);
          return true;
        });
    return found;
  }

  private static ResourceName subject(Call call) {
    return call.kind().namespaced() ? PODS : NODES;
  }

  private interface Choice {
    List<ApiObject> of(View view);
  }

  private CompletionStage<Read<List<byte[]>>> measured(Call call, Choice choice) {
    return reads
        .read(ReadOptions.NEWEST, view -> subjects(view, call, choice.of(view)))
        .thenCompose(
            read ->
                ask(read.value().nodes())
                    .thenApply(
                        answers ->
                            new Read<>(
                                documents(call, read.value().objects(), answers),
                                read.revision(),
                                read.warnings())));
  }

  private static Subjects subjects(View view, Call call, List<ApiObject> objects) {
    Set<String> nodes = new TreeSet<>();
    for (ApiObject each : objects) nodes.add(nodeOf(call, each));
    nodes.removeIf(each -> each.isEmpty() || !ready(view, each));
    return new Subjects(objects, nodes);
  }

  private static String nodeOf(Call call, ApiObject object) {
    return call.kind().namespaced() ? object.spec().path("nodeName").asString("") : object.name();
  }

  private static boolean ready(View view, String node) {
    return view.get(new ObjectKey(NODES, "", node))
        .map(ApiObject::of)
        .filter(UsageHandler::ready)
        .isPresent();
  }

  private static boolean ready(ApiObject node) {
    for (JsonNode each : node.status().path("conditions")) {
      if (each.path("type").asString("").equals("Ready")) {
        return each.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private CompletionStage<Map<String, NodeUsage>> ask(Set<String> nodes) {
    Map<String, CompletableFuture<Optional<NodeUsage>>> asked = new TreeMap<>();
    for (String each : nodes) {
      asked.put(
          each,
          usages
              .of(new NodeName(each), patience)
              .thenApply(Optional::of)
              .exceptionally(failure -> Optional.empty())
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              Map<String, NodeUsage> answers = new TreeMap<>();
              asked.forEach(
                  (node, answer) -> answer.join().ifPresent(usage -> answers.put(node, usage)));
              return answers;
            });
  }

  private static List<byte[]> documents(
      Call call, List<ApiObject> objects, Map<String, NodeUsage> answers) {
    List<byte[]> found = new ArrayList<>();
    for (ApiObject each : objects) {
      NodeUsage usage = answers.get(nodeOf(call, each));
      if (usage != null) document(call, each, usage).map(Json::bytes).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<ObjectNode> document(Call call, ApiObject object, NodeUsage usage) {
    if (!call.kind().namespaced()) {
      return Optional.of(UsageDocument.node(call.kind(), object, usage));
    }
    List<OfContainer> containers =
        usage.containers().stream()
            .filter(each -> each.replica().namespace().equals(object.namespace()))
            .filter(each -> each.replica().name().equals(object.name()))
            .toList();
    return containers.isEmpty()
        ? Optional.empty()
        : Optional.of(UsageDocument.pod(call.kind(), object, usage, containers));
  }
}
