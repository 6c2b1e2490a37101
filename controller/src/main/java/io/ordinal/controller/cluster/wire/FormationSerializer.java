package io.ordinal.controller.cluster.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ordinal.controller.cluster.FormationMessage;
import io.ordinal.controller.cluster.Seat;
import io.ordinal.protocol.wire.References;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.FormationAnswerWire;
import io.ordinal.protocol.wire.v1.FormationQuestionWire;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Pekko's serializer of {@link FormationMessage}. Named in {@code reference.conf}. */
public final class FormationSerializer extends SerializerWithStringManifest {
  /** Unique among the serializers of a member; never to be changed. */
  private static final int IDENTIFIER = 730_003;

  private static final String QUESTION = "formation-question";
  private static final String ANSWER = "formation-answer";

  private final References references;

  /** The signature that Pekko looks for. */
  public FormationSerializer(ExtendedActorSystem system) {
    this.references = new References(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof FormationMessage.Question) return QUESTION;
    if (message instanceof FormationMessage.Answer) return ANSWER;
    throw new IllegalArgumentException("no form for " + message.getClass().getName());
  }

  @Override
  public byte[] toBinary(Object message) {
    if (message instanceof FormationMessage.Question question) {
      return FormationQuestionWire.newBuilder()
          .setReplyTo(references.toWire(question.replyTo()))
          .build()
          .toByteArray();
    }
    FormationMessage.Answer answer = (FormationMessage.Answer) message;
    return FormationAnswerWire.newBuilder()
        .setPlace(answer.seat().place())
        .setUid(answer.seat().uid())
        .setNumber(answer.number())
        .build()
        .toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    try {
      return switch (manifest) {
        case QUESTION -> question(FormationQuestionWire.parseFrom(bytes));
        case ANSWER -> answer(FormationAnswerWire.parseFrom(bytes));
        default -> throw new UndecodableMessage("unknown manifest '" + manifest + "'");
      };
    } catch (InvalidProtocolBufferException cause) {
      throw new UndecodableMessage("not the bytes of a " + manifest, cause);
    }
  }

  private FormationMessage.Question question(FormationQuestionWire wire) {
    return new FormationMessage.Question(
        references.fromWire(wire.getReplyTo(), "FormationQuestion.reply_to"));
  }

  private static FormationMessage.Answer answer(FormationAnswerWire wire) {
    try {
      return new FormationMessage.Answer(
          new Seat(wire.getPlace(), wire.getUid()), wire.getNumber());
    } catch (IllegalArgumentException misplaced) {
      throw new UndecodableMessage("a FormationAnswer from nowhere", misplaced);
    }
  }
}
