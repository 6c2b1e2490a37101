package io.ordinal.protocol.wire;

import com.google.protobuf.UnsafeByteOperations;
import io.ordinal.protocol.agent.AgentCommand.OpenStream;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose;
import io.ordinal.protocol.agent.StreamWord;
import io.ordinal.protocol.wire.v1.AttachPurposeWire;
import io.ordinal.protocol.wire.v1.ExecPurposeWire;
import io.ordinal.protocol.wire.v1.ForwardPurposeWire;
import io.ordinal.protocol.wire.v1.OpenStreamWire;
import io.ordinal.protocol.wire.v1.StreamMessageWire;
import io.ordinal.protocol.wire.v1.StreamOpenedWire;
import io.ordinal.protocol.wire.v1.StreamRefusedWire;
import io.ordinal.protocol.wire.v1.StreamsWantedWire;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Streams between controllers and agents, on the wire. */
final class StreamCodec {
  private final References references;

  StreamCodec(References references) {
    this.references = references;
  }

  OpenStreamWire open(OpenStream open) {
    OpenStreamWire.Builder wire =
        OpenStreamWire.newBuilder()
            .setReplica(Ids.toWire(open.replica()))
            .setPodUid(open.podUid())
            .setReplyTo(references.toWire(open.replyTo()));
    return open.purpose().match(new WrittenPurpose(wire)).build();
  }

  OpenStream open(OpenStreamWire wire) {
    return new OpenStream(
        Ids.fromWire(wire.getReplica()),
        wire.getPodUid(),
        purpose(wire),
        references.fromWire(wire.getReplyTo(), "whom to answer about a stream"));
  }

  private static StreamPurpose purpose(OpenStreamWire wire) {
    return switch (wire.getPurposeCase()) {
      case EXEC ->
          new StreamPurpose.Exec(
              wire.getExec().getContainer(),
              List.copyOf(wire.getExec().getCommandList()),
              wanted(wire.getExec().getWanted()));
      case ATTACH ->
          new StreamPurpose.Attach(
              wire.getAttach().getContainer(), wanted(wire.getAttach().getWanted()));
      case FORWARD -> new StreamPurpose.Forward(wire.getForward().getPort());
      case PURPOSE_NOT_SET -> throw new UndecodableMessage("the purpose of a stream is missing");
    };
  }

  private static StreamPurpose.Wanted wanted(StreamsWantedWire wire) {
    return new StreamPurpose.Wanted(
        wire.getStdin(), wire.getStdout(), wire.getStderr(), wire.getTty());
  }

  private static StreamsWantedWire wanted(StreamPurpose.Wanted wanted) {
    return StreamsWantedWire.newBuilder()
        .setStdin(wanted.stdin())
        .setStdout(wanted.stdout())
        .setStderr(wanted.stderr())
        .setTty(wanted.tty())
        .build();
  }

  private record WrittenPurpose(OpenStreamWire.Builder wire)
      implements StreamPurpose.Cases<OpenStreamWire.Builder> {
    @Override
    public OpenStreamWire.Builder exec(StreamPurpose.Exec purpose) {
      return wire.setExec(
          ExecPurposeWire.newBuilder()
              .setContainer(purpose.container())
              .addAllCommand(purpose.command())
              .setWanted(wanted(purpose.wanted())));
    }

    @Override
    public OpenStreamWire.Builder attach(StreamPurpose.Attach purpose) {
      return wire.setAttach(
          AttachPurposeWire.newBuilder()
              .setContainer(purpose.container())
              .setWanted(wanted(purpose.wanted())));
    }

    @Override
    public OpenStreamWire.Builder forward(StreamPurpose.Forward purpose) {
      return wire.setForward(ForwardPurposeWire.newBuilder().setPort(purpose.port()));
    }
  }

  StreamOpenedWire opened(StreamAnswer.Opened opened) {
    return StreamOpenedWire.newBuilder().setPeer(references.toWire(opened.peer())).build();
  }

  StreamAnswer.Opened opened(StreamOpenedWire wire) {
    return new StreamAnswer.Opened(references.fromWire(wire.getPeer(), "a stream's end"));
  }

  StreamRefusedWire refused(StreamAnswer.Refused refused) {
    return StreamRefusedWire.newBuilder().setWhy(refused.why()).build();
  }

  StreamAnswer.Refused refused(StreamRefusedWire wire) {
    return new StreamAnswer.Refused(wire.getWhy());
  }

  StreamMessageWire message(StreamMessage message) {
    StreamMessageWire.Builder wire = StreamMessageWire.newBuilder().setStream(message.stream());
    return message.word().match(new WrittenWord(wire, references)).build();
  }

  StreamMessage message(StreamMessageWire wire) {
    return new StreamMessage(wire.getStream(), word(wire));
  }

  private StreamWord word(StreamMessageWire wire) {
    return switch (wire.getWordCase()) {
      case BEGIN ->
          new StreamWord.Begin(references.fromWire(wire.getBegin().getPeer(), "a stream's end"));
      case DATA ->
          new StreamWord.Data(
              wire.getData().getChannel(),
              wire.getData().getAt(),
              ByteString.fromArrayUnsafe(wire.getData().getBytes().toByteArray()));
      case END -> new StreamWord.End(wire.getEnd().getChannel(), wire.getEnd().getAt());
      case CREDIT ->
          new StreamWord.Credit(wire.getCredit().getChannel(), wire.getCredit().getUpTo());
      case RESIZE ->
          new StreamWord.Resize(wire.getResize().getColumns(), wire.getResize().getRows());
      case EXITED -> new StreamWord.Exited(wire.getExited().getCode());
      case FAILED -> new StreamWord.Failed(wire.getFailed().getMessage());
      case ALIVE -> new StreamWord.Alive();
      case WORD_NOT_SET -> throw new UndecodableMessage("the word of a stream is missing");
    };
  }

  private record WrittenWord(StreamMessageWire.Builder wire, References references)
      implements StreamWord.Cases<StreamMessageWire.Builder> {
    @Override
    public StreamMessageWire.Builder begin(StreamWord.Begin word) {
      return wire.setBegin(
          StreamMessageWire.Begin.newBuilder().setPeer(references.toWire(word.peer())));
    }

    @Override
    public StreamMessageWire.Builder data(StreamWord.Data word) {
      return wire.setData(
          StreamMessageWire.Data.newBuilder()
              .setChannel(word.channel())
              .setAt(word.at())
              .setBytes(UnsafeByteOperations.unsafeWrap(word.bytes().toArrayUnsafe())));
    }

    @Override
    public StreamMessageWire.Builder end(StreamWord.End word) {
      return wire.setEnd(
          StreamMessageWire.End.newBuilder().setChannel(word.channel()).setAt(word.at()));
    }

    @Override
    public StreamMessageWire.Builder credit(StreamWord.Credit word) {
      return wire.setCredit(
          StreamMessageWire.Credit.newBuilder().setChannel(word.channel()).setUpTo(word.upTo()));
    }

    @Override
    public StreamMessageWire.Builder resize(StreamWord.Resize word) {
      return wire.setResize(
          StreamMessageWire.Resize.newBuilder().setColumns(word.columns()).setRows(word.rows()));
    }

    @Override
    public StreamMessageWire.Builder exited(StreamWord.Exited word) {
      return wire.setExited(StreamMessageWire.Exited.newBuilder().setCode(word.code()));
    }

    @Override
    public StreamMessageWire.Builder failed(StreamWord.Failed word) {
      return wire.setFailed(StreamMessageWire.Failed.newBuilder().setMessage(word.message()));
    }

    @Override
    public StreamMessageWire.Builder alive(StreamWord.Alive word) {
      return wire.setAlive(StreamMessageWire.Alive.getDefaultInstance());
    }
  }
}
