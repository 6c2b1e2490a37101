package io.ordinal.agent.driver.catalogue;

/**
 * An image's name as Docker normalises it.
 *
 * @param repository with registry, such as {@code docker.io/library/redis}
 * @param tag {@code latest} when neither tag nor digest is given
 * @param digest such as {@code sha256:...}, or empty
 */
record ImageReference(String repository, String tag, String digest) {
  private static final String HUB = "docker.io";
  private static final String OFFICIAL = "library/";
  private static final String LATEST = "latest";

  static ImageReference parse(String text) {
    int at = text.indexOf('@');
    String digest = at < 0 ? "" : text.substring(at + 1);
    String named = at < 0 ? text : text.substring(0, at);
    int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    String tag = colon < 0 ? "" : named.substring(colon + 1);
    String path = colon < 0 ? named : named.substring(0, colon);
    if (tag.isEmpty() && digest.isEmpty()) tag = LATEST;
    return new ImageReference(withRegistry(path), tag, digest);
  }

  private static String withRegistry(String path) {
    int slash = path.indexOf('/');
    String first = slash < 0 ? "" : path.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String host = registry ? first : HUB;
    if (host.equals("index.docker.io")) host = HUB;
    String rest = registry ? path.substring(slash + 1) : path;
    boolean official = host.equals(HUB) && !rest.contains("/");
    return host + "/" + (official ? OFFICIAL : "") + rest;
  }
}
