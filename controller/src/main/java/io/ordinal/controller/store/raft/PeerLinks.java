package io.ordinal.controller.store.raft;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;

/** The ways to the other members, each opened when it is first needed. */
final class PeerLinks implements AutoCloseable {
  private final GroupMember member;
  private final Optional<SslContext> tls;
  private final Map<RaftPeerId, PeerLink> links = new ConcurrentHashMap<>();

  PeerLinks(GroupMember member, Optional<GrpcTlsConfig> tls) {
    this.member = member;
    this.tls = tls.map(GrpcUtil::buildSslContextForClient);
  }

  PeerLink to(RaftPeerId peer) {
    return links.computeIfAbsent(peer, this::open);
  }

  private PeerLink open(RaftPeerId id) {
    RaftPeer peer =
        member.peers().stream()
            .filter(each -> each.getId().equals(id))
            .findAny()
            .orElseThrow(() -> new IllegalStateException(id + " is no member"));
    return new PeerLink(peer.getAddress(), tls);
  }

  void abandonAllBut(RaftPeerId leader) {
    links.forEach(
        (peer, link) -> {
          if (!peer.equals(leader)) link.abandon();
        });
  }

  /** What waits there fails; the next request is the first one of a new connection. */
  void renew(RaftPeerId peer) {
    PeerLink link = links.remove(peer);
    if (link != null) link.close();
  }

  @Override
  public void close() {
    links.values().forEach(PeerLink::close);
  }
}
