package io.ordinal.controller.api;

import io.ordinal.controller.api.access.AccessParts;
import io.ordinal.controller.api.access.MemberRights;
import io.ordinal.controller.api.audit.AuditLog;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.Encoding;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.connection.Connections;
import io.ordinal.controller.api.log.LogHandler;
import io.ordinal.controller.api.read.ConfirmedStore;
import io.ordinal.controller.api.read.Lists;
import io.ordinal.controller.api.read.ReadHandler;
import io.ordinal.controller.api.read.Reads;
import io.ordinal.controller.api.stream.StreamHandler;
import io.ordinal.controller.api.twin.LiveLeases;
import io.ordinal.controller.api.twin.TwinStore;
import io.ordinal.controller.api.usage.UsageHandler;
import io.ordinal.controller.api.watch.WatchHandler;
import io.ordinal.controller.api.watch.WatchHubs;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.api.write.BodyRoom;
import io.ordinal.controller.api.write.CollectionHandler;
import io.ordinal.controller.api.write.CreateHandler;
import io.ordinal.controller.api.write.DeleteHandler;
import io.ordinal.controller.api.write.EvictionHandler;
import io.ordinal.controller.api.write.UpdateHandler;
import io.ordinal.controller.api.write.WriteParts;
import io.ordinal.controller.store.ObjectStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;

/** The Kubernetes API of one controller, bound to an address. */
public final class ApiServer {
  /** What clients ask is worked on by its threads. */
  private static final String DISPATCHER = "ordinal.api.dispatcher";

  private final Connections connections;
  private final Open open;
  private final AuditLog audit;

  private ApiServer(Connections connections, Open open, AuditLog audit) {
    this.audit = audit;
    this.connections = connections;
    this.open = open;
  }

  /**
   * Binds and begins to serve. Fails when the address is taken.
   *
   * @param tls without it nobody can be known by certificate; for tests
   */
  public static CompletionStage<ApiServer> bind(
      ActorSystem<?> system, ApiParts parts, ApiSettings settings, Optional<SSLContext> tls) {
    ObjectStore whole = new TwinStore(new LiveLeases(parts.store()), parts.kinds());
    WatchHubs hubs = new WatchHubs(whole, settings.watch(), system);
    ConfirmedStore store =
        new ConfirmedStore(whole, parts.age(), settings.confirm(), parts.nanoTime());
    Health health = new Health(parts.ready(), store);
    AccessParts access =
        new AccessParts(store, parts.authenticator(), settings.access(), parts.origins(), system);
    Reads reads = new Reads(store);
    Lists lists = new Lists(reads, settings.lists(), settings.past(), system);
    Open open = new Open(store, reads, lists, hubs, access);
    Verbs verbs = verbs(system, parts, open, settings);
    AuditLog audit =
        new AuditLog(settings.audit(), parts.origins().clock(), parts.origins().uids());
    Routes routes =
        new Routes(
            parts, health, access.gate(), verbs, audit, new Encoding(settings.encoding(), system));
    return Connections.bind(
            system,
            new InetSocketAddress(settings.bindAddress(), settings.port()),
            settings.connections(),
            settings.server(system.settings().config()),
            tls.map(ApiServer::engines),
            perConnection(routes),
            parts.nanoTime())
        .thenApply(connections -> new ApiServer(connections, open, audit))
        .whenComplete(
            (server, failure) -> {
              if (failure == null) return;
              open.end();
              lists.close();
              audit.close();
            });
  }

  public InetSocketAddress address() {
    return connections.address();
  }

  public int port() {
    return connections.address().getPort();
  }

  /** How many watches are open. */
  public int openWatches() {
    return open.hubs().open();
  }

  /** Takes no more connections, and ends those that are open after the grace at the latest. */
  public CompletionStage<Done> close(Duration grace) {
    open.end();
    CompletionStage<?> ended =
        connections.close(grace).whenComplete((done, failure) -> open.lists().close());
    return audit.closeAfter(ended).thenApply(closed -> Done.getInstance());
  }

  /**
   * Requests of a connection are answered one after another. When the client hangs up, answers that
   * would go on for ever learn of it here: nothing else tells them while they have nothing to send.
   */
  private static Flow<HttpRequest, HttpResponse, NotUsed> perConnection(Routes routes) {
    return Flow.fromMaterializer(
            (materializer, attributes) -> {
              HangUp gone = new HangUp();
              return Flow.of(HttpRequest.class)
                  .watchTermination(
                      (nothing, end) -> {
                        end.whenComplete((done, failure) -> gone.happen());
                        return nothing;
                      })
                  .mapAsync(1, request -> routes.handle(request, gone));
            })
        .mapMaterializedValue(nothing -> NotUsed.getInstance());
  }

  /** What is open as long as the server is. */
  private record Open(
      ConfirmedStore store, Reads reads, Lists lists, WatchHubs hubs, AccessParts access) {
    /** Ends what would go on for ever; lists end with their connections. */
    void end() {
      hubs.close();
      access.close();
    }
  }

  private static Verbs verbs(
      ActorSystem<?> system, ApiParts parts, Open open, ApiSettings settings) {
    ConfirmedStore store = open.store();
    Bodies bodies = new Bodies(settings.bodyLimitBytes(), settings.bodyPatience(), system);
    InstantSource clock = parts.origins().clock();
    RandomGenerator chance = parts.origins().chance();
    Reads reads = open.reads();
    Lists lists = open.lists();
    WriteParts write =
        new WriteParts(
            store,
            parts.replicas(),
            parts.kinds(),
            bodies,
            settings.write(),
            parts.origins(),
            open.access().guard());
    CreateHandler creator = new CreateHandler(write);
    Consumer<Call> mayCreate = open.access().gate()::requireCreation;
    ReadHandler read = new ReadHandler(reads, lists, clock);
    DeleteHandler delete = new DeleteHandler(write);
    Verbs.Handlers handlers =
        new Verbs.Handlers(
            read,
            new WatchHandler(open.hubs(), reads, lists, settings.watch(), clock, chance, system),
            creator,
            new UpdateHandler(write, creator, mayCreate),
            delete,
            new CollectionHandler(lists, read, delete, settings.write().deletesAtOnce(), system),
            new EvictionHandler(write, parts.disruption(), MemberRights::onlyNode),
            new LogHandler(reads, parts.agents(), settings.log(), clock),
            open.access().reviews(bodies),
            open.access().tokens(bodies),
            new UsageHandler(reads, read, parts.usages(), settings.usagePatience(), clock),
            new StreamHandler(reads, parts.agents(), settings.stream(), parts.nanoTime()));
    return new Verbs(handlers, load(system, parts, bodies, settings));
  }

  private static Verbs.Load load(
      ActorSystem<?> system, ApiParts parts, Bodies bodies, ApiSettings settings) {
    Executor executor = system.dispatchers().lookup(DispatcherSelector.fromConfig(DISPATCHER));
    LoadSettings load = settings.load();
    return new Verbs.Load(
        new InFlight(load.reads(), parts.nanoTime(), executor),
        new InFlight(load.writes(), parts.nanoTime(), executor),
        bodies,
        new BodyRoom(settings.bodyRoomBytes()));
  }

  private static Supplier<SSLEngine> engines(SSLContext tls) {
    return () -> {
      SSLEngine engine = tls.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setWantClientAuth(true);
      return engine;
    };
  }
}
