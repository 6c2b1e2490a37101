package io.ordinal.controller.store;

/**
 * Where an API object stands.
 *
 * @param namespace empty for objects of the whole cluster
 */
public record ObjectKey(ResourceName resource, String namespace, String name) {
  public ObjectKey {
    if (name.isEmpty())
      throw new IllegalArgumentException("an object of " + resource + " needs a name");
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? resource + " " + name : resource + " " + namespace + "/" + name;
  }
}
