package io.ordinal.controller.replica.wire;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.protocol.wire.FormSerializer;
import io.ordinal.protocol.wire.References;
import io.ordinal.protocol.wire.v1.AmendWire;
import io.ordinal.protocol.wire.v1.BeginWire;
import io.ordinal.protocol.wire.v1.CreateWire;
import io.ordinal.protocol.wire.v1.DeleteWire;
import io.ordinal.protocol.wire.v1.DoneWire;
import io.ordinal.protocol.wire.v1.EditWire;
import io.ordinal.protocol.wire.v1.EndWire;
import io.ordinal.protocol.wire.v1.RejectedWire;
import io.ordinal.protocol.wire.v1.ReportNotedWire;
import io.ordinal.protocol.wire.v1.ReportedWire;
import io.ordinal.protocol.wire.v1.TryLaterWire;
import io.ordinal.protocol.wire.v1.WakeWire;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Pekko's serializer of what controllers and replicas say to each other. Named in {@code
 * reference.conf}. Manifests are never reused.
 */
public final class ReplicaSerializer extends FormSerializer {
  /** Unique among the serializers of a member; never to be changed. */
  private static final int IDENTIFIER = 730_002;

  /** The signature that Pekko looks for. */
  public ReplicaSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER);
    References references = new References(ActorRefResolver.get(Adapter.toTyped(system)));
    commands(new ReplicaCommandCodec(references));
    verdicts();
  }

  private void commands(ReplicaCommandCodec codec) {
    add(
        ReplicaCommand.Begin.class,
        new Form<>("begin", codec::begin, BeginWire.parser(), codec::begin));
    add(ReplicaCommand.End.class, new Form<>("end", codec::end, EndWire.parser(), codec::end));
    add(
        ReplicaCommand.Amend.class,
        new Form<>("amend", codec::amend, AmendWire.parser(), codec::amend));
    add(
        ReplicaCommand.Create.class,
        new Form<>("create", codec::create, CreateWire.parser(), codec::create));
    add(ReplicaCommand.Edit.class, new Form<>("edit", codec::edit, EditWire.parser(), codec::edit));
    add(
        ReplicaCommand.Delete.class,
        new Form<>("delete", codec::delete, DeleteWire.parser(), codec::delete));
    add(
        ReplicaCommand.Reported.class,
        new Form<>("reported", codec::reported, ReportedWire.parser(), codec::reported));
    add(
        ReplicaCommand.Noted.class,
        new Form<>("report-noted", codec::noted, ReportNotedWire.parser(), codec::noted));
    add(ReplicaCommand.Wake.class, new Form<>("wake", codec::wake, WakeWire.parser(), codec::wake));
  }

  /** Of the answers' types only the raw classes exist at run time. */
  private void verdicts() {
    Form<Verdict.Done<?>, DoneWire> done =
        new Form<>("done", VerdictCodec::done, DoneWire.parser(), VerdictCodec::done);
    Form<Verdict.Rejected<?>, RejectedWire> rejected =
        new Form<>(
            "rejected", VerdictCodec::rejected, RejectedWire.parser(), VerdictCodec::rejected);
    Form<Verdict.TryLater<?>, TryLaterWire> tryLater =
        new Form<>(
            "try-later", VerdictCodec::tryLater, TryLaterWire.parser(), VerdictCodec::tryLater);
    put(Verdict.Done.class, done);
    put(Verdict.Rejected.class, rejected);
    put(Verdict.TryLater.class, tryLater);
  }
}
