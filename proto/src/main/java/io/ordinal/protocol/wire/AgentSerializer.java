package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.wire.v1.ArmedWire;
import io.ordinal.protocol.wire.v1.ConfirmWire;
import io.ordinal.protocol.wire.v1.ConfirmedWire;
import io.ordinal.protocol.wire.v1.GrantedWire;
import io.ordinal.protocol.wire.v1.HappenedWire;
import io.ordinal.protocol.wire.v1.HelloWire;
import io.ordinal.protocol.wire.v1.InjectWire;
import io.ordinal.protocol.wire.v1.InjectedWire;
import io.ordinal.protocol.wire.v1.LapsedWire;
import io.ordinal.protocol.wire.v1.LogChunkWire;
import io.ordinal.protocol.wire.v1.NodeUsageWire;
import io.ordinal.protocol.wire.v1.NotNowWire;
import io.ordinal.protocol.wire.v1.NotedWire;
import io.ordinal.protocol.wire.v1.OpenStreamWire;
import io.ordinal.protocol.wire.v1.OverWire;
import io.ordinal.protocol.wire.v1.ReadLogWire;
import io.ordinal.protocol.wire.v1.ReadUsageWire;
import io.ordinal.protocol.wire.v1.RefreshWire;
import io.ordinal.protocol.wire.v1.RefreshedWire;
import io.ordinal.protocol.wire.v1.RemoveVolumeWire;
import io.ordinal.protocol.wire.v1.RenewWire;
import io.ordinal.protocol.wire.v1.ReportWire;
import io.ordinal.protocol.wire.v1.RestWire;
import io.ordinal.protocol.wire.v1.RestingWire;
import io.ordinal.protocol.wire.v1.RevertWire;
import io.ordinal.protocol.wire.v1.SetFencedWire;
import io.ordinal.protocol.wire.v1.StartWire;
import io.ordinal.protocol.wire.v1.StopWire;
import io.ordinal.protocol.wire.v1.StreamMessageWire;
import io.ordinal.protocol.wire.v1.StreamOpenedWire;
import io.ordinal.protocol.wire.v1.StreamRefusedWire;
import io.ordinal.protocol.wire.v1.VolumeRemovedWire;
import io.ordinal.protocol.wire.v1.WelcomeWire;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Pekko's serializer of what controllers and agents say to each other. Named in {@code
 * reference.conf}. Manifests are never reused.
 */
public final class AgentSerializer extends FormSerializer {
  /** Unique among the serializers of a member; never to be changed. */
  private static final int IDENTIFIER = 730_001;

  /** The signature that Pekko looks for. */
  public AgentSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER);
    References references = new References(ActorRefResolver.get(Adapter.toTyped(system)));
    requests(new FrontDoorCodec(references));
    commands(new AgentCommandCodec(references));
    refreshing(new RefreshCodec(references));
    drills();
    usage(new UsageCodec(references));
    streams(new StreamCodec(references));
  }

  private void requests(FrontDoorCodec codec) {
    add(
        FrontDoorRequest.Hello.class,
        new Form<>("hello", codec::hello, HelloWire.parser(), codec::hello));
    add(
        FrontDoorRequest.Renew.class,
        new Form<>("renew", codec::renew, RenewWire.parser(), codec::renew));
    add(
        FrontDoorRequest.Confirm.class,
        new Form<>("confirm", codec::confirm, ConfirmWire.parser(), codec::confirm));
    add(
        FrontDoorRequest.Report.class,
        new Form<>("report", codec::report, ReportWire.parser(), codec::report));
    add(
        FrontDoorRequest.Happened.class,
        new Form<>("happened", codec::happened, HappenedWire.parser(), codec::happened));
    add(
        FrontDoorRequest.VolumeRemoved.class,
        new Form<>(
            "volume-removed",
            codec::volumeRemoved,
            VolumeRemovedWire.parser(),
            codec::volumeRemoved));
    add(
        FrontDoorRequest.Rest.class,
        new Form<>("rest", codec::rest, RestWire.parser(), codec::rest));
    add(
        FrontDoorRequest.Armed.class,
        new Form<>("armed", codec::armed, ArmedWire.parser(), codec::armed));
  }

  private void refreshing(RefreshCodec codec) {
    add(
        FrontDoorRequest.Refresh.class,
        new Form<>("refresh", codec::refresh, RefreshWire.parser(), codec::refresh));
    add(
        AgentCommand.Refreshed.class,
        new Form<>(
            "refreshed", RefreshCodec::refreshed, RefreshedWire.parser(), RefreshCodec::refreshed));
  }

  private void drills() {
    add(
        AgentCommand.Inject.class,
        new Form<>("inject", DrillCodec::inject, InjectWire.parser(), DrillCodec::inject));
    add(
        AgentCommand.Revert.class,
        new Form<>("revert", DrillCodec::revert, RevertWire.parser(), DrillCodec::revert));
    add(
        FrontDoorRequest.Injected.class,
        new Form<>("injected", DrillCodec::injected, InjectedWire.parser(), DrillCodec::injected));
  }

  private void usage(UsageCodec codec) {
    add(
        AgentCommand.ReadUsage.class,
        new Form<>("read-usage", codec::readUsage, ReadUsageWire.parser(), codec::readUsage));
    add(
        NodeUsage.class,
        new Form<>(
            "node-usage", UsageCodec::nodeUsage, NodeUsageWire.parser(), UsageCodec::nodeUsage));
  }

  private void streams(StreamCodec codec) {
    add(
        AgentCommand.OpenStream.class,
        new Form<>("open-stream", codec::open, OpenStreamWire.parser(), codec::open));
    add(
        StreamAnswer.Opened.class,
        new Form<>("stream-opened", codec::opened, StreamOpenedWire.parser(), codec::opened));
    add(
        StreamAnswer.Refused.class,
        new Form<>("stream-refused", codec::refused, StreamRefusedWire.parser(), codec::refused));
    add(
        StreamMessage.class,
        new Form<>("stream", codec::message, StreamMessageWire.parser(), codec::message));
  }

  private void commands(AgentCommandCodec codec) {
    add(
        AgentCommand.Welcome.class,
        new Form<>("welcome", codec::welcome, WelcomeWire.parser(), codec::welcome));
    add(
        AgentCommand.NotNow.class,
        new Form<>("not-now", codec::notNow, NotNowWire.parser(), codec::notNow));
    add(
        AgentCommand.Granted.class,
        new Form<>("granted", codec::granted, GrantedWire.parser(), codec::granted));
    add(
        AgentCommand.Lapsed.class,
        new Form<>("lapsed", codec::lapsed, LapsedWire.parser(), codec::lapsed));
    add(
        AgentCommand.Start.class,
        new Form<>("start", codec::start, StartWire.parser(), codec::start));
    add(
        AgentCommand.Confirmed.class,
        new Form<>("confirmed", codec::confirmed, ConfirmedWire.parser(), codec::confirmed));
    add(AgentCommand.Over.class, new Form<>("over", codec::over, OverWire.parser(), codec::over));
    add(AgentCommand.Stop.class, new Form<>("stop", codec::stop, StopWire.parser(), codec::stop));
    add(
        AgentCommand.Noted.class,
        new Form<>("noted", codec::noted, NotedWire.parser(), codec::noted));
    add(
        AgentCommand.ReadLog.class,
        new Form<>("read-log", codec::readLog, ReadLogWire.parser(), codec::readLog));
    add(
        AgentCommand.RemoveVolume.class,
        new Form<>(
            "remove-volume", codec::removeVolume, RemoveVolumeWire.parser(), codec::removeVolume));
    add(
        AgentCommand.SetFenced.class,
        new Form<>("set-fenced", codec::setFenced, SetFencedWire.parser(), codec::setFenced));
    add(
        AgentCommand.Resting.class,
        new Form<>("resting", codec::resting, RestingWire.parser(), codec::resting));
    add(
        LogChunk.class,
        new Form<>("log-chunk", codec::logChunk, LogChunkWire.parser(), codec::logChunk));
  }
}
