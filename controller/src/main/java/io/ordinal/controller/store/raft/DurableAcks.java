package io.ordinal.controller.store.raft;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;

/**
 * A server whose follower tells the leader that it has an entry only when that entry is on its
 * disk. As shipped, entries that the leader sends a second time, after a break of the connection,
 * are acknowledged at once because they are known already, while the first copy still waits to be
 * written: with the death of this process the leader would count on what nobody has.
 */
final class DurableAcks {
  private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private DurableAcks() {}

  static RaftServer over(RaftServer server) {
    return (RaftServer)
        Proxy.newProxyInstance(
            RaftServer.class.getClassLoader(),
            new Class<?>[] {RaftServer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("appendEntriesAsync"))
                return append(server, (AppendEntriesRequestProto) arguments[0]);
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static CompletableFuture<AppendEntriesReplyProto> append(
      RaftServer server, AppendEntriesRequestProto request) throws IOException {
    if (request.getEntriesCount() == 0) return server.appendEntriesAsync(request);
    RaftGroupId group = RaftGroupId.valueOf(request.getServerRequest().getRaftGroupId().getId());
    RaftLog log = server.getDivision(group).getRaftLog();
    RepeatedEntries entries = RepeatedEntries.of(request, log.getLastCommittedIndex());
    return server
        .appendEntriesAsync(entries.news())
        .thenCompose(reply -> whenFlushed(log, entries.answer(reply)));
  }

  private static CompletableFuture<AppendEntriesReplyProto> whenFlushed(
      RaftLog log, AppendEntriesReplyProto reply) {
    boolean durable =
        reply.getResult() != AppendResult.SUCCESS || log.getFlushIndex() >= reply.getMatchIndex();
    if (durable) return CompletableFuture.completedFuture(reply);
    CompletableFuture<AppendEntriesReplyProto> flushed = new CompletableFuture<>();
    await(log, reply, System.nanoTime() + PATIENCE_NANOS, flushed);
    return flushed;
  }

  /** Rare, and over in the time of a write: looking again is cheaper than being told. */
  private static void await(
      RaftLog log,
      AppendEntriesReplyProto reply,
      long deadline,
      CompletableFuture<AppendEntriesReplyProto> flushed) {
    if (log.getFlushIndex() >= reply.getMatchIndex()) flushed.complete(reply);
    else if (System.nanoTime() > deadline)
      flushed.completeExceptionally(
          new TimeoutException("the log was not written up to " + reply.getMatchIndex()));
    else SOON.execute(() -> await(log, reply, deadline, flushed));
  }
}
