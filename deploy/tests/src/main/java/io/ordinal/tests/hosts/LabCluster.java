package io.ordinal.tests.hosts;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * A cluster on the hosts of a lab, driven as its user would: by {@code ordinal}, kubectl and the
 * API.
 */
public final class LabCluster {
  private static final Duration START = Duration.ofSeconds(240);
  private static final Duration KUBECTL = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final List<String> EVIDENCE =
      List.of(
          "/api/v1/nodes",
          "/api/v1/pods",
          "/api/v1/events",
          "/api/v1/persistentvolumes",
          "/apis/apps/v1/statefulsets",
          "/ordinal/v1/controllers");
  private static final int API_PORT = 6443;
  private static final int MANAGEMENT_PORT = 7652;

  private final Lab lab;
  private final Shape shape;
  private final Admission admission;
  private final Map<Integer, Api> apis = new HashMap<>();
  private SSLContext credentials;

  /**
   * Which host does what.
   *
   * @param settings HOCON over everything else, for every member
   */
  public record Shape(List<Integer> controllers, Set<Integer> nodes, String settings) {
    /** The first hosts are controllers, and hosts of workloads too; the rest only the latter. */
    public static Shape of(int controllers, int hosts, String settings) {
      List<Integer> all = java.util.stream.IntStream.range(0, hosts).boxed().toList();
      return new Shape(all.subList(0, controllers), Set.copyOf(all), settings);
    }

    /** The first hosts are controllers and nothing else, the rest hosts of workloads. */
    public static Shape apart(int controllers, int nodes, String settings) {
      List<Integer> all = java.util.stream.IntStream.range(0, controllers + nodes).boxed().toList();
      Set<Integer> rest = Set.copyOf(all.subList(controllers, all.size()));
      return new Shape(all.subList(0, controllers), rest, settings);
    }

    Set<Integer> hosts() {
      Set<Integer> all = new HashSet<>(controllers);
      all.addAll(nodes);
      return all;
    }
  }

  private LabCluster(Lab lab, Shape shape) {
    this.lab = lab;
    this.shape = shape;
    this.admission = new Admission(this);
  }

  /** Returns when every controller serves and every node is ready. */
  public static LabCluster start(Lab lab, Shape shape) {
    Lab.prepareCommand();
    LabCluster cluster = new LabCluster(lab, shape);
    shape.hosts().forEach(cluster.admission::configure);
    int first = shape.controllers().get(0);
    lab.host(first).start();
    cluster.awaitServing(first);
    for (int host : shape.controllers()) cluster.admit(host);
    for (int host : shape.controllers()) cluster.awaitServing(host);
    for (int host : shape.hosts()) cluster.admit(host);
    cluster.awaitWhole(START);
    return cluster;
  }

  /** Lets a machine join unless it did, and starts its member; returns before that one serves. */
  public void admit(int host) {
    admission.admit(host);
  }

  /** How machines come and go. */
  public Admission admission() {
    return admission;
  }

  public Lab lab() {
    return lab;
  }

  public Shape shape() {
    return shape;
  }

  /** The API of one controller. */
  public synchronized Api api(int controller) {
    return apis.computeIfAbsent(controller, this::administrator);
  }

  private Api administrator(int controller) {
    return new Api(server(controller), credentials(), Optional.empty(), ANSWER);
  }

  /** The same API for whoever shows a token, and no certificate. */
  Api api(int controller, String token) {
    return new Api(server(controller), Api.trust(kubeconfig()), Optional.of(token), ANSWER);
  }

  URI server(int controller) {
    return URI.create("https://" + lab.host(controller).address() + ":" + API_PORT);
  }

  private synchronized SSLContext credentials() {
    if (credentials == null) credentials = Api.credentials(kubeconfig());
    return credentials;
  }

  /**
   * The administrator's, made with the first controller; a copy, since its directory may be wiped.
   */
  Path kubeconfig() {
    Path copy = lab.directory().resolve("kubeconfig");
    try {
      Path original = lab.host(shape.controllers().get(0)).directory().kubeconfig();
      if (!Files.exists(copy)) Files.copy(original, copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the controllers one after the other until one has done it; the last answer otherwise. */
  public Api.Answer any(java.util.function.Function<Api, Api.Answer> request) {
    Api.Answer answer = null;
    for (int controller : shape.controllers()) {
      answer = request.apply(api(controller));
      if (answer.done()) return answer;
    }
    return answer;
  }

  /** What any controller says. */
  public JsonNode get(String path) {
    return any(api -> api.get(path)).ok();
  }

  /** kubectl on this machine, speaking to one controller. */
  public Shell.Result kubectl(int controller, String input, String... words) {
    List<String> line = new ArrayList<>(kubectlWords(controller));
    line.addAll(Arrays.asList(words));
    return Shell.run(Map.of("KUBECONFIG", kubeconfig().toString()), KUBECTL, input, line);
  }

  List<String> kubectlWords(int controller) {
    String cache = lab.directory().resolve("kubectl-cache").toString();
    return List.of("kubectl", "--cache-dir", cache, "--server", server(controller).toString());
  }

  /** Makes a class of volumes that every host sees, for {@link Workloads#redis}. */
  public void makeSharedClass(String name) {
    apply(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: %s}
        provisioner: ordinal.io/shared
        parameters: {path: %s, fencing: lease}
        """
            .formatted(name, lab.shared()));
  }

  /** Applies a manifest through the first controller. */
  public void apply(String manifest) {
    kubectl(shape.controllers().get(0), manifest, "apply", "-f", "-").ok();
  }

  /** Waits until one controller says that it is ready. */
  public Duration awaitServing(int controller) {
    Host host = lab.host(controller);
    return Until.within(
        START,
        "controller " + host,
        () -> api(controller).get("/readyz").done(),
        () -> tail(host.output()));
  }

  /** Waits until every controller serves and every node is ready. */
  public Duration awaitWhole(Duration patience) {
    return Until.within(
        patience,
        "every controller and every node of " + shape,
        this::isWhole,
        () -> any(api -> api.get("/api/v1/nodes")).toString());
  }

  /** Every controller serves and every node is ready. */
  public boolean isWhole() {
    return controllersServe() && readyNodes().size() == shape.nodes().size();
  }

  /** Every controller says that it is ready. */
  public boolean controllersServe() {
    return shape.controllers().stream().allMatch(each -> api(each).get("/readyz").done());
  }

  /** Index of the host of a replica. */
  public int hostOf(String pod) {
    return index(Objects.node(get("/api/v1/namespaces/default/pods/" + pod)));
  }

  /** Index of the controller whose store leads. */
  public int leader() {
    for (JsonNode each : get("/ordinal/v1/controllers").path("controllers")) {
      if (each.path("leader").asBoolean(false)) return index(each.path("name").asString());
    }
    throw new AssertionError("nobody leads");
  }

  private int index(String name) {
    return lab.hosts().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .index();
  }

  /** Index of the controller that looks after sets: the oldest of the cluster. */
  public int singleton() {
    for (int controller : shape.controllers()) {
      String host = lab.host(controller).address();
      URI uri = URI.create("http://" + host + ":" + MANAGEMENT_PORT + "/cluster/members");
      Optional<JsonNode> members = Api.plain(uri);
      if (members.isEmpty()) continue;
      String oldest = members.get().path("oldest").asString("");
      for (int each : shape.controllers()) {
        if (oldest.contains("@" + lab.host(each).address() + ":")) return each;
      }
    }
    throw new AssertionError("no controller says who is the oldest");
  }

  /** Names of nodes that are ready. */
  public Set<String> readyNodes() {
    Set<String> ready = new HashSet<>();
    for (JsonNode node : get("/api/v1/nodes").path("items")) {
      if (Objects.ready(node)) ready.add(Objects.name(node));
    }
    return ready;
  }

  /** Waits until the set has exactly so many replicas, all ready and of its present spec. */
  public Duration awaitReady(String set, int replicas, Duration patience) {
    return Until.within(
        patience,
        "set " + set + " with " + replicas + " ready replicas",
        () -> isReady(set, replicas),
        this::pods);
  }

  /** The set has exactly so many replicas, all ready and of its present spec. */
  public boolean isReady(String set, int replicas) {
    JsonNode found = get("/apis/apps/v1/namespaces/default/statefulsets/" + set);
    JsonNode status = found.path("status");
    return status.path("observedGeneration").asLong(-1)
            == found.path("metadata").path("generation").asLong()
        && status.path("readyReplicas").asInt(0) == replicas
        && status.path("replicas").asInt(-1) == replicas
        && status.path("updatedReplicas").asInt(0) == replicas;
  }

  /** A line for every pod. */
  public String pods() {
    StringBuilder text = new StringBuilder();
    for (JsonNode pod : any(api -> api.get("/api/v1/pods")).body().path("items")) {
      text.append("\n  ").append(Objects.line(pod));
    }
    return text.toString();
  }

  /**
   * Copies what every member printed and logged to a directory, with the objects that a controller
   * shows now, and tells which.
   */
  public String keepEvidence(Path directory) {
    try {
      Files.createDirectories(directory);
      for (Host host : lab.hosts()) {
        keep(host.output(), directory.resolve(host + ".output"));
        keep(host.log(), directory.resolve(host + ".log"));
      }
      for (String path : EVIDENCE) {
        String file = path.substring(path.lastIndexOf('/') + 1) + ".json";
        Files.writeString(directory.resolve(file), any(api -> api.get(path)).body().toString());
      }
      return directory.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(Path file, Path copy) throws IOException {
    if (Files.exists(file)) Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String tail(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      int from = Math.max(lines.size() - 40, 0);
      return String.join("\n", lines.subList(from, lines.size())) + "\n";
    } catch (IOException none) {
      return "";
    }
  }
}
