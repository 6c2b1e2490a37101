package io.ordinal.controller.api.connection;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** Between a connection and what is spoken over it: tells of the bytes, and can end both. */
final class PacedBytes
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  /** Says to the network that the rest need not be delivered. */
  private static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooSlow() {
      super("the client took too long", null, false, false);
    }
  }

  private final Inlet<ByteString> toSend = Inlet.create("toSend");
  private final Outlet<ByteString> sent = Outlet.create("sent");
  private final Inlet<ByteString> received = Inlet.create("received");
  private final Outlet<ByteString> heard = Outlet.create("heard");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(toSend, sent, received, heard);
  private final Connection connection;
  private final Runnable left;

  /**
   * @param left called once when both directions are over
   */
  PacedBytes(Connection connection, Runnable left) {
    this.connection = connection;
    this.left = left;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    Logic() {
      super(shape);
      setHandler(toSend, new Sending());
      setHandler(sent, new Sent());
      setHandler(received, new Received());
      setHandler(heard, new Heard());
    }

    @Override
    public void preStart() {
      AsyncCallback<Boolean> ending = createAsyncCallback(this::end);
      connection.endsBy(ending::invoke);
    }

    @Override
    public void postStop() {
      left.run();
    }

    private void end(boolean abruptly) {
      if (abruptly) fail(sent, new TooSlow());
      else complete(sent);
      complete(heard);
      cancel(received);
      cancel(toSend);
    }

    private final class Sending extends AbstractInHandler {
      @Override
      public void onPush() {
        connection.sending();
        push(sent, grab(toSend));
      }

      @Override
      public void onUpstreamFinish() {
        connection.saidAll();
        complete(sent);
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        fail(sent, failure);
      }
    }

    private final class Sent extends AbstractOutHandler {
      @Override
      public void onPull() {
        connection.sent();
        pull(toSend);
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        cancel(toSend, cause);
      }
    }

    private final class Received extends AbstractInHandler {
      @Override
      public void onPush() {
        connection.heard();
        push(heard, grab(received));
      }

      @Override
      public void onUpstreamFinish() {
        complete(heard);
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        fail(heard, failure);
      }
    }

    private final class Heard extends AbstractOutHandler {
      @Override
      public void onPull() {
        pull(received);
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        cancel(received, cause);
      }
    }
  }
}
