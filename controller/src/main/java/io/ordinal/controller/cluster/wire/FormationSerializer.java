package io.ordinal.controller.cluster.wire;

import io.ordinal.controller.cluster.FormationMessage;
import io.ordinal.controller.cluster.Seat;
import io.ordinal.protocol.wire.FormSerializer;
import io.ordinal.protocol.wire.References;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.FormationAnswerWire;
import io.ordinal.protocol.wire.v1.FormationQuestionWire;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Pekko's serializer of {@link FormationMessage}. Named in {@code reference.conf}. */
public final class FormationSerializer extends FormSerializer {
  /** Unique among the serializers of a member; never to be changed. */
  private static final int IDENTIFIER = 730_003;

  private final References references;

  /** The signature that Pekko looks for. */
  public FormationSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER);
    this.references = new References(ActorRefResolver.get(Adapter.toTyped(system)));
    add(
        FormationMessage.Question.class,
        new Form<>(
            "formation-question", this::question, FormationQuestionWire.parser(), this::question));
    add(
        FormationMessage.Answer.class,
        new Form<>(
            "formation-answer",
            FormationSerializer::answer,
            FormationAnswerWire.parser(),
            FormationSerializer::answer));
  }

  private FormationQuestionWire question(FormationMessage.Question question) {
    return FormationQuestionWire.newBuilder()
        .setReplyTo(references.toWire(question.replyTo()))
        .build();
  }

  private FormationMessage.Question question(FormationQuestionWire wire) {
    return new FormationMessage.Question(
        references.fromWire(wire.getReplyTo(), "FormationQuestion.reply_to"));
  }

  private static FormationAnswerWire answer(FormationMessage.Answer answer) {
    return FormationAnswerWire.newBuilder()
        .setPlace(answer.seat().place())
        .setUid(answer.seat().uid())
        .setNumber(answer.number())
        .build();
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
