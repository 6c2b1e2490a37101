package io.ordinal.controller.store.raft;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * A server that answers only what other members meant for it. As shipped, it answers whatever comes
 * to its address. A controller that lost its disk has another member at the same address; with the
 * old disk back in the machine, the old member would take entries and give votes that count as the
 * new one's, which has other entries and has voted otherwise: acknowledged writes could be lost.
 *
 * <p>What the old member asks of the others is harmless: its removal is committed, so a majority
 * knows that it is out, and gives it no vote (Ratis' {@code VoteContext.checkConf}).
 */
final class AddressedRequests {
  private AddressedRequests() {}

  static RaftServer over(RaftServer server) {
    return (RaftServer)
        Proxy.newProxyInstance(
            RaftServer.class.getClassLoader(),
            new Class<?>[] {RaftServer.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments.length == 1) {
                Optional<RaftRpcRequestProto> call = call(arguments[0]);
                if (call.isPresent()) requireAddressed(call.get(), server.getId());
              }
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Optional<RaftRpcRequestProto> call(Object request) {
    if (request instanceof AppendEntriesRequestProto append)
      return Optional.of(append.getServerRequest());
    if (request instanceof RequestVoteRequestProto vote)
      return Optional.of(vote.getServerRequest());
    if (request instanceof InstallSnapshotRequestProto snapshot)
      return Optional.of(snapshot.getServerRequest());
    if (request instanceof ReadIndexRequestProto read) return Optional.of(read.getServerRequest());
    if (request instanceof StartLeaderElectionRequestProto election)
      return Optional.of(election.getServerRequest());
    return Optional.empty();
  }

  private static void requireAddressed(RaftRpcRequestProto call, RaftPeerId self)
      throws IOException {
    if (call.getReplyId().equals(self.toByteString())) return;
    throw new IOException(
        "this is the copy "
            + self
            + " of the store; "
            + RaftPeerId.valueOf(call.getReplyId())
            + " was asked for at this address");
  }
}
