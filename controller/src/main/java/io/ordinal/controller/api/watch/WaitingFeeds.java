package io.ordinal.controller.api.watch;

import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * What waits for one who watches, as a source that is a part of the stream which reads it: a watch
 * costs no stream of its own. To be run once.
 */
final class WaitingFeeds extends GraphStage<SourceShape<Feed>> {
  private final Outlet<Feed> out = Outlet.create("feeds");
  private final SourceShape<Feed> shape = SourceShape.of(out);
  private final Watcher watcher;

  WaitingFeeds(Watcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public SourceShape<Feed> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              next();
            }
          });
    }

    @Override
    public void preStart() {
      AsyncCallback<Done> news = createAsyncCallback(done -> onNews());
      watcher.wakes(() -> news.invoke(Done.getInstance()));
    }

    @Override
    public void postStop() {
      watcher.wakes(() -> {}); // Who still knows the watcher is not to hold this stream.
    }

    private void onNews() {
      if (isAvailable(out)) next();
    }

    private void next() {
      Watcher.Next next = watcher.next();
      next.feed().ifPresent(feed -> push(out, feed));
      if (next.isLast()) complete(out);
    }
  }
}
