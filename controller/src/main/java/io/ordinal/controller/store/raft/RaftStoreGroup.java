package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.rocks.RocksState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/** The group as this member knows it, and the changes that it can ask for. */
final class RaftStoreGroup implements StoreGroup {
  private final StoreIdentity identity;
  private final GroupMember member;
  private final Contact contact;
  private final MembershipChange change;
  private final StoreStateMachine machine;
  private final ExecutorService readers;

  RaftStoreGroup(
      StoreIdentity identity,
      GroupMember member,
      Contact contact,
      MembershipChange change,
      StoreStateMachine machine,
      ExecutorService readers) {
    this.identity = identity;
    this.member = member;
    this.contact = contact;
    this.change = change;
    this.machine = machine;
    this.readers = readers;
  }

  @Override
  public UUID id() {
    return identity.group();
  }

  @Override
  public UUID self() {
    return identity.member();
  }

  @Override
  public List<Member> members() {
    return member.peers().stream()
        .map(peer -> new Member(uuid(peer.getId()), peer.getAddress()))
        .sorted(Comparator.comparing(Member::id))
        .toList();
  }

  @Override
  public Optional<UUID> leader() {
    return member.leader().map(RaftStoreGroup::uuid);
  }

  @Override
  public Duration age() {
    return contact.age();
  }

  @Override
  public CompletionStage<Void> add(Member added) {
    RaftPeer peer = RaftPeer.newBuilder().setId(id(added.id())).setAddress(added.address()).build();
    return change.reach(present -> with(present, peer));
  }

  private Optional<List<RaftPeer>> with(List<RaftPeer> present, RaftPeer added) {
    Optional<RaftPeer> before =
        present.stream().filter(each -> each.getId().equals(added.getId())).findAny();
    if (before.isPresent() && !before.get().getAddress().equals(added.getAddress()))
      throw new IllegalStateException(
          "the member "
              + added.getId()
              + " is known at "
              + before.get().getAddress()
              + ", not "
              + added.getAddress()
              + ": remove it and join anew");
    if (before.isPresent()) return Optional.empty();
    List<RaftPeer> wanted = new ArrayList<>(present);
    wanted.add(added);
    return Optional.of(wanted);
  }

  @Override
  public CompletionStage<Void> remove(UUID removed) {
    return change.reach(present -> without(present, id(removed)));
  }

  private static Optional<List<RaftPeer>> without(List<RaftPeer> present, RaftPeerId removed) {
    List<RaftPeer> wanted = present.stream().filter(each -> !each.getId().equals(removed)).toList();
    if (wanted.size() == present.size()) return Optional.empty();
    if (wanted.isEmpty())
      throw new IllegalStateException("the last member of a group cannot leave it");
    return Optional.of(wanted);
  }

  @Override
  public CompletionStage<Void> stepDown() {
    return change.handOver(member.id());
  }

  @Override
  public CompletionStage<Digest> digest() {
    return CompletableFuture.supplyAsync(
        () -> {
          // Entries that change nothing, such as those of members, count as well.
          long applied = machine.getLastAppliedTermIndex().getIndex();
          RocksState.Digest found = machine.state().digest();
          return new Digest(
              Math.max(applied, found.position().index()),
              found.revision().value(),
              found.sha256());
        },
        readers);
  }

  static RaftPeerId id(UUID member) {
    return RaftPeerId.valueOf(member.toString());
  }

  static UUID uuid(RaftPeerId id) {
    return UUID.fromString(id.toString());
  }
}
