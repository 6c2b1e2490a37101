package io.ordinal.controller.store.raft.wire;

import io.ordinal.controller.store.Outcome;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What became of the transactions of an entry, on its way from the state machine to the writer. */
public final class OutcomeCodec {
  private OutcomeCodec() {}

  public static byte[] encode(List<Outcome> outcomes) {
    Encoder out = new Encoder(16 + 8 * outcomes.size()).tag(Tags.VERSION);
    out.number(outcomes.size());
    for (Outcome outcome : outcomes) encode(out, outcome);
    return out.encoded();
  }

  private static void encode(Encoder out, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      out.tag(Tags.REFUSED)
          .number(refused.operation())
          .text(refused.found())
          .number(refused.revision().value());
    } else if (outcome instanceof Outcome.Committed committed) {
      out.tag(Tags.COMMITTED).number(committed.revisions().size());
      committed.revisions().forEach(revision -> out.number(revision.value()));
      out.number(committed.at().value());
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UndecodableEntry otherwise
   */
  public static List<Outcome> decode(ByteBuffer bytes) {
    Decoder in = new Decoder(bytes);
    int version = in.tag();
    if (version != Tags.VERSION)
      throw new UndecodableEntry("expected version " + Tags.VERSION + ", found " + version);
    int count = in.count();
    List<Outcome> outcomes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) outcomes.add(outcome(in));
    in.end();
    return outcomes;
  }

  private static Outcome outcome(Decoder in) {
    int tag = in.tag();
    return switch (tag) {
      case Tags.REFUSED ->
          new Outcome.Refused((int) in.number(), in.text(), new Revision(in.number()));
      case Tags.COMMITTED -> {
        int count = in.count();
        List<Revision> revisions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) revisions.add(new Revision(in.number()));
        yield new Outcome.Committed(revisions, new Revision(in.number()));
      }
      default -> throw new UndecodableEntry("expected an outcome, found " + tag);
    };
  }
}
