package io.ordinal.controller.store.raft;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ratis.client.impl.ClientProtoUtils;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.proto.RaftProtos.RaftClientReplyProto;
import org.apache.ratis.proto.RaftProtos.RaftClientRequestProto;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc.AdminProtocolServiceStub;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.AlreadyClosedException;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NegotiationType;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;

/**
 * The way to another member: one connection, and on it one stream of requests, which is made anew
 * when it breaks. What waited on a broken stream fails; whether it took effect is unknown.
 */
final class PeerLink implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 64 << 20;

  private final ManagedChannel channel;
  private Optional<Requests> open = Optional.empty();

  PeerLink(String address, Optional<SslContext> tls) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(address)
            .proxyDetector(any -> null)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .directExecutor();
    tls.ifPresentOrElse(
        context -> builder.useTransportSecurity().sslContext(context),
        () -> builder.negotiationType(NegotiationType.PLAINTEXT));
    this.channel = builder.build();
  }

  /** Sends a request; requests overtake each other. */
  CompletableFuture<RaftClientReply> send(RaftClientRequest request) {
    return requests().send(request);
  }

  private synchronized Requests requests() {
    if (open.filter(requests -> !requests.broken).isEmpty()) {
      channel.resetConnectBackoff(); // Who sends now does not want to wait out an earlier failure.
      open = Optional.of(new Requests());
    }
    return open.orElseThrow();
  }

  CompletableFuture<RaftClientReply> setConfiguration(
      SetConfigurationRequest request, Duration most) {
    return ask(
        ClientProtoUtils.toSetConfigurationRequestProto(request),
        most,
        stub -> stub::setConfiguration);
  }

  CompletableFuture<RaftClientReply> transferLeadership(
      TransferLeadershipRequest request, Duration most) {
    return ask(
        ClientProtoUtils.toTransferLeadershipRequestProto(request),
        most,
        stub -> stub::transferLeadership);
  }

  private interface Question<Q> {
    void ask(Q request, StreamObserver<RaftClientReplyProto> answer);
  }

  private <Q> CompletableFuture<RaftClientReply> ask(
      Q request, Duration most, Function<AdminProtocolServiceStub, Question<Q>> question) {
    Answer answer = new Answer();
    channel.resetConnectBackoff();
    AdminProtocolServiceStub stub =
        AdminProtocolServiceGrpc.newStub(channel)
            .withDeadlineAfter(most.toMillis(), TimeUnit.MILLISECONDS);
    question.apply(stub).ask(request, answer);
    return answer.reply;
  }

  private static final class Answer implements StreamObserver<RaftClientReplyProto> {
    private final CompletableFuture<RaftClientReply> reply = new CompletableFuture<>();

    @Override
    public void onNext(RaftClientReplyProto message) {
      reply.complete(ClientProtoUtils.toRaftClientReply(message));
    }

    @Override
    public void onError(Throwable failure) {
      reply.completeExceptionally(GrpcUtil.unwrapIOException(failure));
    }

    @Override
    public void onCompleted() {
      reply.completeExceptionally(new AlreadyClosedException("the peer did not answer"));
    }
  }

  /** Gives up what waits: the peer is not the one to ask any more. */
  synchronized void abandon() {
    open.ifPresent(requests -> requests.end(new AlreadyClosedException("the peer does not lead")));
  }

  @Override
  public void close() {
    abandon();
    channel.shutdownNow();
  }

  private final class Requests implements StreamObserver<RaftClientReplyProto> {
    private final Map<Long, CompletableFuture<RaftClientReply>> waiting = new ConcurrentHashMap<>();
    private final StreamObserver<RaftClientRequestProto> out =
        RaftClientProtocolServiceGrpc.newStub(channel).unordered(this);
    private volatile boolean broken;

    CompletableFuture<RaftClientReply> send(RaftClientRequest request) {
      CompletableFuture<RaftClientReply> answer = new CompletableFuture<>();
      waiting.put(request.getCallId(), answer);
      try {
        synchronized (out) {
          out.onNext(ClientProtoUtils.toRaftClientRequestProto(request));
        }
      } catch (RuntimeException e) {
        end(e);
      }
      // It may have ended between the two steps above.
      if (broken) answer.completeExceptionally(new AlreadyClosedException("the stream broke"));
      return answer;
    }

    @Override
    public void onNext(RaftClientReplyProto message) {
      CompletableFuture<RaftClientReply> answer = waiting.remove(message.getRpcReply().getCallId());
      if (answer == null) return;
      try {
        answer.complete(ClientProtoUtils.toRaftClientReply(message));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      end(GrpcUtil.unwrapIOException(failure));
    }

    @Override
    public void onCompleted() {
      end(new AlreadyClosedException("the peer ended the stream"));
    }

    private void end(Throwable reason) {
      boolean first = !broken;
      broken = true;
      if (first) closeQuietly();
      for (Long id : waiting.keySet()) {
        CompletableFuture<RaftClientReply> answer = waiting.remove(id);
        if (answer != null) answer.completeExceptionally(new CompletionException(reason));
      }
    }

    private void closeQuietly() {
      try {
        synchronized (out) {
          out.onCompleted();
        }
      } catch (RuntimeException e) {
        broken = true; // It was closed by the other side.
      }
    }
  }
}
