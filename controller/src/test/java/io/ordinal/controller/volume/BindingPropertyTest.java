package io.ordinal.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.volume.Binding.Clear;
import io.ordinal.controller.volume.Binding.Outlook;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.controller.volume.Binding.Wait;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BindingPropertyTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final NodeName NODE = new NodeName("node-a");
  private static final Incarnation LIFE = new Incarnation(3);
  private static final Session SESSION = new Session(NODE, new UUID(0, 7), "boot", 1);

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_volume_is_given_to_two_claims_and_none_to_a_stranger(long seed) {
    World world = World.from(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    Outlook outlook = Binding.outlook(world.pod, world);
    if (!(outlook instanceof Clear clear)) return;
    assertThat(clear.shares())
        .as("seed %d", seed)
        .extracting(Provision::volumeName)
        .doesNotHaveDuplicates();
    for (Share share : clear.shares()) {
      Optional<ApiObject> volume = Binding.existing(share);
      String holder =
          volume.map(each -> each.spec().path("claimRef").path("name").asString("")).orElse("");
      assertThat(holder).as("seed %d", seed).isIn("", share.claim().name());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_was_carried_out_is_bound_and_stays_what_it_is(long seed) {
    World world = World.from(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    Outlook outlook = Binding.outlook(world.pod, world);
    if (!(outlook instanceof Clear clear)) return;
    List<String> volumes = clear.shares().stream().map(Provision::volumeName).toList();
    clear.shares().forEach(world::carryOut);
    Outlook again = Binding.outlook(world.pod, world);
    assertThat(again).as("seed %d", seed).isInstanceOf(Clear.class);
    List<Share> shares = ((Clear) again).shares();
    assertThat(shares).as("seed %d", seed).allMatch(Share.Bound.class::isInstance);
    assertThat(shares).as("seed %d", seed).extracting(Provision::volumeName).isEqualTo(volumes);
    // And once bound, carrying it out again changes nothing.
    for (Share share : shares) {
      assertThat(Provision.claim(share, NODE)).isEmpty();
      assertThat(Provision.volume(share, LIFE)).isEmpty();
    }
  }

  @Test
  void a_claim_without_a_class_takes_the_default_one_and_the_volume_is_the_nodes() {
    World world = new World(List.of("c0"));
    world.claims.put("c0", claimed("c0", "'spec':{'resources':{'requests':{'storage':'1Gi'}}}"));
    Clear clear = (Clear) Binding.outlook(world.pod, world);
    assertThat(clear.nodes()).isEmpty(); // It may go anywhere.
    assertThat(clear.pinned(world)).isTrue(); // And will be there alone.
    world.carryOut(clear.shares().get(0));
    assertThat(world.claims.get("c0").spec().path("storageClassName").asString())
        .isEqualTo("local");
    Clear bound = (Clear) Binding.outlook(world.pod, world);
    assertThat(bound.nodes()).contains(Set.of(NODE));
  }

  @Test
  void says_what_a_pod_waits_for() {
    World world = new World(List.of("c0"));
    assertThat(Binding.outlook(world.pod, world))
        .isEqualTo(new Wait("persistentvolumeclaim \"c0\" not found"));
    world.claims.put("c0", claimed("c0", "'spec':{'storageClassName':'fast'}"));
    assertThat(Binding.outlook(world.pod, world))
        .isEqualTo(
            new Wait(
                "persistentvolumeclaim \"c0\": storageclass.storage.k8s.io \"fast\" not found"));
    world.claims.put("c0", claimed("c0", "'spec':{'volumeName':'gone'}"));
    assertThat(Binding.outlook(world.pod, world)).isInstanceOf(Wait.class);
  }

  @Test
  void a_volume_whose_deletion_waits_for_its_claim_serves_that_claim_alone() {
    World world = new World(List.of("c0"));
    world.claims.put("c0", claimed("c0", "'spec':{'resources':{'requests':{'storage':'1Gi'}}}"));
    Share share = ((Clear) Binding.outlook(world.pod, world)).shares().get(0);
    world.carryOut(share);
    String name = Provision.volumeName(share);
    var leaving = world.volumes.get(name).copy();
    leaving.withObjectProperty("metadata").put("deletionTimestamp", NOW.toString());
    world.volumes.put(name, new ApiObject(leaving));
    assertThat(((Clear) Binding.outlook(world.pod, world)).shares())
        .singleElement()
        .isInstanceOf(Share.Bound.class);
    leaving.withObjectProperty("spec").remove("claimRef"); // It is nobody's.
    world.volumes.put(name, new ApiObject(leaving));
    assertThat(Binding.outlook(world.pod, world)).isInstanceOf(Wait.class);
  }

  @Test
  void takes_the_smallest_volume_that_fits() {
    World world = new World(List.of("c0"));
    world.claims.put(
        "c0",
        claimed(
            "c0",
            "'spec':{'storageClassName':'','accessModes':['ReadWriteOnce'],"
                + "'resources':{'requests':{'storage':'900Mi'}}}"));
    for (String size : List.of("1Ei", "10Gi", "1Gi", "500Mi")) {
      world.volumes.put(
          "v" + size,
          object(
              "{'metadata':{'name':'v%s','uid':'v%s'},'spec':{'capacity':{'storage':'%s'},"
                  + "'accessModes':['ReadWriteOnce']}}",
              size, size, size));
    }
    Clear clear = (Clear) Binding.outlook(world.pod, world);
    assertThat(clear.shares()).extracting(Provision::volumeName).containsExactly("v1Gi");
    world.volumes.keySet().removeIf(name -> !name.equals("v1Ei"));
    clear = (Clear) Binding.outlook(world.pod, world);
    assertThat(clear.shares()).extracting(Provision::volumeName).containsExactly("v1Ei");
  }

  private static final class World implements VolumeWorld {
    final Map<String, ApiObject> claims = new HashMap<>();
    final Map<String, ApiObject> volumes = new HashMap<>();
    final ApiObject pod;

    World(List<String> mounted) {
      StringBuilder text = new StringBuilder();
      for (String each : mounted) {
        if (!text.isEmpty()) text.append(',');
        text.append("{'name':'").append(each).append("','persistentVolumeClaim':{'claimName':'");
        text.append(each).append("'}}");
      }
      pod = object("{'metadata':{'name':'p','namespace':'n'},'spec':{'volumes':[%s]}}", text);
    }

    static World from(Random random) {
      List<String> mounted = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      for (int each = 0; each < count; each++) mounted.add("c" + each);
      World world = new World(mounted);
      for (String name : mounted) {
        String storageClass =
            List.of("", "'storageClassName':'local',", "'storageClassName':'',")
                .get(random.nextInt(3));
        String spec = "'spec':{" + storageClass + "'resources':{'requests':{'storage':'1Gi'}}}";
        if (random.nextInt(8) != 0) world.claims.put(name, claimed(name, spec));
      }
      for (int each = 0; each < random.nextInt(5); each++) {
        String holder = random.nextInt(3) == 0 ? "c" + random.nextInt(4) : "";
        String reference =
            holder.isEmpty() ? "" : ",'claimRef':{'namespace':'n','name':'" + holder + "'}";
        world.volumes.put(
            "v" + each,
            object(
                "{'metadata':{'name':'v%d','uid':'v%d'},"
                    + "'spec':{'capacity':{'storage':'%dGi'}%s}}",
                each, each, 1 + random.nextInt(2), reference));
      }
      return world;
    }

    /** What the replica's transaction does. */
    void carryOut(Share share) {
      Provision.volume(share, SESSION, LIFE, UUID.randomUUID(), NOW)
          .ifPresent(made -> volumes.put(Provision.volumeName(share), new ApiObject(made)));
      Provision.claim(share, NODE)
          .ifPresent(
              merge -> claims.compute(merge.key().name(), (name, old) -> merged(merge, old)));
      Provision.volume(share, LIFE)
          .ifPresent(
              merge -> volumes.compute(merge.key().name(), (name, old) -> merged(merge, old)));
    }

    private static ApiObject merged(Merge merge, ApiObject old) {
      return merge.into(old).orElseThrow();
    }

    @Override
    public Optional<ApiObject> claim(String name) {
      return Optional.ofNullable(claims.get(name));
    }

    @Override
    public Optional<ApiObject> volume(String name) {
      return Optional.ofNullable(volumes.get(name));
    }

    @Override
    public List<ApiObject> volumes() {
      return List.copyOf(volumes.values());
    }

    @Override
    public List<ApiObject> classes() {
      return List.of(LocalClass.document("local", new UUID(0, 1), NOW));
    }
  }

  private static ApiObject claimed(String name, String spec) {
    return object("{'metadata':{'name':'%s','namespace':'n','uid':'u-%s'},%s}", name, name, spec);
  }

  private static ApiObject object(String json, Object... values) {
    String text = String.format(json, values).replace('\'', '"');
    return new ApiObject(Json.object(text.getBytes(StandardCharsets.UTF_8)));
  }
}
