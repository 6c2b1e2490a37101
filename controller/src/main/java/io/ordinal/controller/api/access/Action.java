package io.ordinal.controller.api.access;

/** What somebody wants to do. */
public sealed interface Action {
  /** As roles name it, such as list. */
  String verb();

  <R> R match(Cases<R> cases);

  /**
   * Something with objects.
   *
   * @param group empty for the core group
   * @param resource the plural
   * @param subresource may be empty
   * @param namespace empty for all, and for kinds of the whole cluster
   * @param name empty when it is about no one object
   */
  record OnResource(
      String verb, String group, String resource, String subresource, String namespace, String name)
      implements Action {
    /** With the subresource, as roles name it. */
    String whole() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.onResource(this);
    }
  }

  /** Something with a path that names no objects. */
  record OnPath(String verb, String path) implements Action {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.onPath(this);
    }
  }

  interface Cases<R> {
    R onResource(OnResource action);

    R onPath(OnPath action);
  }
}
