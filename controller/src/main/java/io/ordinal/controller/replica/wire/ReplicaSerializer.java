package io.ordinal.controller.replica.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.protocol.wire.References;
import io.ordinal.protocol.wire.UndecodableMessage;
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
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Pekko's serializer of what controllers and replicas say to each other. Named in {@code
 * reference.conf}. Manifests are never reused.
 */
public final class ReplicaSerializer extends SerializerWithStringManifest {
  /** Unique among the serializers of a member; never to be changed. */
  private static final int IDENTIFIER = 730_002;

  private record Form<T, W extends MessageLite>(
      String manifest, Function<T, W> encode, Parser<W> parser, Function<W, T> decode) {
    byte[] bytes(Object message) {
      @SuppressWarnings("unchecked") // Forms stand under the class of what they encode.
      T typed = (T) message;
      return encode.apply(typed).toByteArray();
    }

    Object message(byte[] bytes) {
      try {
        return decode.apply(parser.parseFrom(bytes));
      } catch (InvalidProtocolBufferException cause) {
        throw new UndecodableMessage("not the bytes of a " + manifest, cause);
      }
    }
  }

  private final Map<Class<?>, Form<?, ?>> byClass = new HashMap<>();
  private final Map<String, Form<?, ?>> byManifest = new HashMap<>();

  /** The signature that Pekko looks for. */
  public ReplicaSerializer(ExtendedActorSystem system) {
    References references = new References(ActorRefResolver.get(Adapter.toTyped(system)));
    commands(new ReplicaCommandCodec(references));
    verdicts();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return form(message).manifest();
  }

  @Override
  public byte[] toBinary(Object message) {
    return form(message).bytes(message);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    Form<?, ?> form = byManifest.get(manifest);
    if (form == null) throw new UndecodableMessage("unknown manifest '" + manifest + "'");
    return form.message(bytes);
  }

  private Form<?, ?> form(Object message) {
    Form<?, ?> form = byClass.get(message.getClass());
    if (form == null) {
      throw new IllegalArgumentException("no form for " + message.getClass().getName());
    }
    return form;
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

  private <T, W extends MessageLite> void add(Class<T> type, Form<T, W> form) {
    put(type, form);
  }

  private void put(Class<?> type, Form<?, ?> form) {
    byClass.put(type, form);
    if (byManifest.put(form.manifest(), form) != null) {
      throw new IllegalStateException("two forms with the manifest " + form.manifest());
    }
  }
}
