package io.ordinal.controller.api.stream;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.log.LogSource;
import io.ordinal.controller.api.read.ReadOptions;
import io.ordinal.controller.api.read.Reads;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers exec, attach and portforward of pods: the connection becomes one to the pod's node. */
public final class StreamHandler {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String V4 = "v4.channel.k8s.io";
  private static final String FORWARD = "portforward.k8s.io";
  private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
  private static final int NO_PORT = 0;

  private final Reads reads;
  private final Agents agents;
  private final StreamSettings settings;
  private final LongSupplier nanoTime;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param nanoTime monotonic
   */
  public StreamHandler(Reads reads, Agents agents, StreamSettings settings, LongSupplier nanoTime) {
    this.reads = reads;
    this.agents = agents;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  public CompletionStage<HttpResponse> exec(Call call) {
    StreamOptions options = StreamOptions.exec(call.query());
    return pod(call).thenCompose(pod -> process(call, pod, options));
  }

  public CompletionStage<HttpResponse> attach(Call call) {
    StreamOptions options = StreamOptions.attach(call.query());
    return pod(call).thenCompose(pod -> process(call, pod, options));
  }

  /** Each connection to a port is opened as the client asks for it. */
  public CompletionStage<HttpResponse> forward(Call call) {
    return pod(call)
        .thenCompose(
            pod -> {
              Upgrade upgrade = Upgrade.of(call.http(), List.of(TUNNEL, V4), List.of(FORWARD));
              IntFunction<CompletionStage<ActorRef<StreamMessage>>> opener =
                  port -> open(pod, new StreamPurpose.Forward(port));
              Conversation conversation =
                  upgrade.protocol().equals(V4)
                      ? new ChannelForward(
                          StreamOptions.ports(call.query()), opener, settings, nanoTime)
                      : new ForwardConversation(opener, settings, nanoTime);
              return open(pod, new StreamPurpose.Forward(NO_PORT))
                  .thenApply(here -> accept(upgrade, conversation));
            });
  }

  private CompletionStage<ApiObject> pod(Call call) {
    if (open.get() >= settings.most()) {
      throw Refusal.tooMany("too many streams are open: at most " + settings.most());
    }
    return reads
        .read(ReadOptions.NEWEST, view -> view.get(call.path().key()))
        .thenApply(
            read -> {
              StoredObject found =
                  read.value().orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              return ApiObject.of(found);
            });
  }

  private CompletionStage<HttpResponse> process(Call call, ApiObject pod, StreamOptions options) {
    String container = LogSource.container(pod, options.container());
    StreamPurpose purpose =
        options.command().isEmpty()
            ? new StreamPurpose.Attach(container, options.wanted())
            : new StreamPurpose.Exec(container, options.command(), options.wanted());
    Upgrade upgrade = Upgrade.of(call.http(), List.of(V5, V4), List.of(V4));
    Dialect dialect =
        upgrade.webSocket()
            ? new ChannelDialect(upgrade.protocol().equals(V5))
            : new SpdyDialect(options.wanted());
    return open(pod, purpose)
        .thenApply(
            peer ->
                accept(
                    upgrade,
                    new ProcessConversation(dialect, options.wanted(), peer, settings, nanoTime)));
  }

  private HttpResponse accept(Upgrade upgrade, Conversation conversation) {
    return upgrade.accept(new ConversationStage(conversation, settings, open));
  }

  private CompletionStage<ActorRef<StreamMessage>> open(ApiObject pod, StreamPurpose purpose) {
    String node = pod.spec().path("nodeName").asString("");
    if (node.isEmpty()) {
      return CompletableFuture.failedStage(
          Refusal.badRequest("pod " + pod.name() + " does not have a host assigned"));
    }
    ReplicaId replica = new ReplicaId(pod.namespace(), pod.name());
    return agents
        .openStream(
            new NodeName(node),
            replyTo -> new AgentCommand.OpenStream(replica, pod.uid(), purpose, replyTo))
        .handle(
            (answer, failure) -> {
              if (failure != null) throw unreachable(node, failure);
              if (answer instanceof StreamAnswer.Opened opened) return opened.peer();
              throw Refusal.badRequest(((StreamAnswer.Refused) answer).why());
            });
  }

  private static RuntimeException unreachable(String node, Throwable failure) {
    Throwable cause = Failure.cause(failure);
    if (cause instanceof TimeoutException) {
      return Refusal.timeout("the agent of node " + node + " did not answer");
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
