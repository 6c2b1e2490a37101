package io.ordinal.controller.api.connection;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as a server speaks it. Pekko's own keeps four buffers and an actor for each connection and
 * works on handshakes between other requests; here connections share buffers, and handshakes have
 * threads of their own.
 *
 * <p>What is heard ends with the other side's word; a message that this cuts short is known by its
 * length. The answer goes on until the network says that nothing more comes, too: who is gone would
 * never be noticed while there is nothing to tell. When what is sent ends, the other side is told
 * so, and whatever it still sends is dropped until it ends, too: its network would drop our last
 * bytes otherwise.
 *
 * <p>What is wrong with what is heard is told to the other side as soon as its network takes it.
 * Whatever still comes is dropped until the other side ends, for the same reason: with TLS 1.3 it
 * has often sent its first request before it hears that its certificate is refused. Only where a
 * task of the handshake breaks down without the engine knowing, the end comes at once and without a
 * word.
 */
final class TlsBytes
    extends GraphStage<BidiShape<SslTlsOutbound, ByteString, ByteString, SslTlsInbound>> {
  private static final Logger LOG = LoggerFactory.getLogger(TlsBytes.class);

  private final Inlet<SslTlsOutbound> toSend = Inlet.create("toSend");
  private final Outlet<ByteString> sent = Outlet.create("sent");
  private final Inlet<ByteString> received = Inlet.create("received");
  private final Outlet<SslTlsInbound> heard = Outlet.create("heard");
  private final BidiShape<SslTlsOutbound, ByteString, ByteString, SslTlsInbound> shape =
      new BidiShape<>(toSend, sent, received, heard);
  private final Supplier<SSLEngine> engines;
  private final Executor handshakes;
  private final Connection connection;

  /**
   * @param engines of a server, one for each connection
   * @param handshakes does what takes long in handshakes; may take its time
   * @param connection is told of the end of the handshake, and of that of what is said
   */
  TlsBytes(Supplier<SSLEngine> engines, Executor handshakes, Connection connection) {
    this.engines = engines;
    this.handshakes = handshakes;
    this.connection = connection;
  }

  @Override
  public BidiShape<SslTlsOutbound, ByteString, ByteString, SslTlsInbound> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic(new TlsSide(engines.get()));
  }

  private final class Logic extends GraphStageLogic {
    private final TlsSide side;
    private AsyncCallback<Optional<Throwable>> done;
    private ByteString opened = ByteString.emptyByteString(); // Waits for somebody to take it.
    private SSLException fault;
    private boolean told; // What the fault is.
    private boolean working; // On a task: the engine is not to be touched.
    private boolean greeted;
    private boolean hungUp; // The network says that nothing more comes.
    private volatile boolean over;

    Logic(TlsSide side) {
      super(shape);
      this.side = side;
      setHandler(toSend, new Sending());
      setHandler(sent, new Sent());
      setHandler(received, new Received());
      setHandler(heard, new Heard());
    }

    @Override
    public void preStart() {
      done = createAsyncCallback(this::onDone);
      pull(received);
    }

    @Override
    public void postStop() {
      over = true;
    }

    /** Does all that can be done now. */
    private void go() {
      if (fault == null) work();
      if (fault != null) {
        tellFault();
        return;
      }
      if (working) return;
      if (!greeted && side.hasGreeted()) {
        greeted = true;
        connection.greeted();
      }
      if (ends()) return;
      if (side.isStarved() && !hungUp && !hasBeenPulled(received)) pull(received);
      if (isAvailable(sent) && wantsToSend()) pull(toSend);
    }

    private void work() {
      try {
        boolean more = true;
        while (more && !working) {
          begin(side.task());
          more = !working && (seals() | opens() | side.moved());
        }
      } catch (SSLException broken) {
        onFault(broken);
      } catch (RuntimeException broken) { // Of a task of the handshake, as the engine tells it.
        onFault(new SSLException(broken));
      }
    }

    private void begin(Runnable task) {
      if (task == null) return;
      working = true;
      handshakes.execute(
          () -> {
            if (over) return;
            done.invoke(failure(task));
          });
    }

    /** What the engine expects to go wrong it keeps to itself, and tells when it is asked next. */
    private Optional<Throwable> failure(Runnable task) {
      try {
        task.run();
        return Optional.empty();
      } catch (RuntimeException | Error broken) {
        LOG.error("a handshake broke down", broken);
        return Optional.of(broken);
      }
    }

    private void onDone(Optional<Throwable> failure) {
      working = false;
      if (failure.isEmpty()) {
        go();
        return;
      }
      onFault(new SSLException("a handshake broke down", failure.get()));
      completeStage(); // The engine has no word for it.
    }

    private boolean seals() throws SSLException {
      if (!isAvailable(sent)) return false;
      ByteString sealed = side.seal();
      if (sealed.isEmpty()) return false;
      push(sent, sealed);
      return true;
    }

    private boolean opens() throws SSLException {
      if (opened.isEmpty()) opened = side.open();
      if (opened.isEmpty()) return false;
      if (isClosed(heard)) {
        opened = ByteString.emptyByteString();
        return true;
      }
      if (!isAvailable(heard)) return false;
      push(heard, new SessionBytes(side.session(), opened));
      opened = ByteString.emptyByteString();
      return true;
    }

    /** Nothing is heard any more, and nothing is said but what is wrong. */
    private void onFault(SSLException broken) {
      fault = broken;
      connection.saidAll(); // Who does not even take the alert is not waited for longer.
      fail(heard, broken);
      cancel(toSend);
    }

    /** Once the network has taken what was said before, what is wrong is said. */
    private void tellFault() {
      if (!told && isAvailable(sent)) {
        told = true;
        ByteString alert = alert();
        if (alert.isEmpty()) {
          completeStage();
          return;
        }
        push(sent, alert);
      }
      if (!hungUp && !hasBeenPulled(received)) pull(received);
      if (hungUp && told) completeStage();
    }

    private ByteString alert() {
      try {
        return side.seal();
      } catch (SSLException | RuntimeException again) {
        fault.addSuppressed(again);
        return ByteString.emptyByteString();
      }
    }

    private boolean ends() {
      boolean gone = hungUp && side.isStarved();
      boolean heardAll = side.heardAll() || gone;
      if (heardAll && opened.isEmpty()) complete(heard);
      if (gone && opened.isEmpty()) {
        completeStage();
        return true;
      }
      if (!side.sentAll()) return false;
      complete(heard);
      if (!isClosed(toSend)) cancel(toSend); // With older TLS the end is one of both directions.
      if (!heardAll) return false;
      completeStage();
      return true;
    }

    private boolean wantsToSend() {
      return side.hasSealedAll() && !hasBeenPulled(toSend) && !isClosed(toSend);
    }

    private final class Sending extends AbstractInHandler {
      @Override
      public void onPush() {
        if (grab(toSend) instanceof SendBytes bytes) side.send(bytes.bytes());
        else throw new UnsupportedOperationException("a session lasts as long as its connection");
        go();
      }

      @Override
      public void onUpstreamFinish() {
        connection.saidAll();
        side.close();
        go();
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        failStage(failure);
      }
    }

    private final class Sent extends AbstractOutHandler {
      @Override
      public void onPull() {
        go();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        completeStage();
      }
    }

    private final class Received extends AbstractInHandler {
      @Override
      public void onPush() {
        ByteString bytes = grab(received);
        if (fault == null) side.received(bytes);
        go();
      }

      @Override
      public void onUpstreamFinish() {
        hungUp = true;
        boolean inVain = working && !greeted && side.isStarved(); // Nor was anything said ahead.
        if (inVain) completeStage();
        else go();
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        failStage(failure);
      }
    }

    private final class Heard extends AbstractOutHandler {
      @Override
      public void onPull() {
        go();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        go(); // What comes is dropped from now on; the answer may still be on its way.
      }
    }
  }
}
