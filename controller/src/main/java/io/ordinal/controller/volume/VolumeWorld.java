package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.View;
import java.util.List;
import java.util.Optional;

/** What binding looks at: claims of one namespace, volumes, classes. */
public interface VolumeWorld {
  ResourceName CLAIMS = new ResourceName("persistentvolumeclaims");
  ResourceName VOLUMES = new ResourceName("persistentvolumes");
  ResourceName CLASSES = new ResourceName("storageclasses.storage.k8s.io");

  Optional<ApiObject> claim(String name);

  Optional<ApiObject> volume(String name);

  /** All volumes; asked only when a claim has no provisioner. */
  List<ApiObject> volumes();

  List<ApiObject> classes();

  static ObjectKey claimKey(String namespace, String name) {
    return new ObjectKey(CLAIMS, namespace, name);
  }

  static ObjectKey volumeKey(String name) {
    return new ObjectKey(VOLUMES, "", name);
  }

  /** The same, which reads volumes and classes at most once each. For one look, by one thread. */
  static VolumeWorld once(VolumeWorld world) {
    return new VolumeWorld() {
      private Optional<List<ApiObject>> volumes = Optional.empty();
      private Optional<List<ApiObject>> classes = Optional.empty();

      @Override
      public Optional<ApiObject> claim(String name) {
        return world.claim(name);
      }

      @Override
      public Optional<ApiObject> volume(String name) {
        return world.volume(name);
      }

      @Override
      public List<ApiObject> volumes() {
        if (volumes.isEmpty()) volumes = Optional.of(world.volumes());
        return volumes.get();
      }

      @Override
      public List<ApiObject> classes() {
        if (classes.isEmpty()) classes = Optional.of(world.classes());
        return classes.get();
      }
    };
  }

  /** As it stands in a view. Valid as long as the view. */
  static VolumeWorld in(View view, String namespace) {
    return new VolumeWorld() {
      @Override
      public Optional<ApiObject> claim(String name) {
        return view.get(claimKey(namespace, name)).map(ApiObject::of);
      }

      @Override
      public Optional<ApiObject> volume(String name) {
        return view.get(volumeKey(name)).map(ApiObject::of);
      }

      @Override
      public List<ApiObject> volumes() {
        return view.list(VOLUMES, "").stream().map(ApiObject::of).toList();
      }

      @Override
      public List<ApiObject> classes() {
        return view.list(CLASSES, "").stream().map(ApiObject::of).toList();
      }
    };
  }
}
