package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.Kubeconfig;
import io.ordinal.cli.resource.Catalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster a command about objects speaks to, and which namespace it means. */
final class ClusterOption {
  @Mixin private DataDirOption data;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "how to reach the cluster (default: $KUBECONFIG; else that of the data directory)")
  private Path kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "the namespace that is meant (default: the kubeconfig's, else default)")
  private String namespace;

  /**
   * A way to the cluster.
   *
   * @param namespace that is meant where an object does not say it
   */
  record Connection(ApiClient api, String namespace) {
    Catalog catalog() throws IOException, InterruptedException {
      return Catalog.of(api);
    }
  }

  /**
   * @throws IOException when there is no kubeconfig, or it cannot be used
   */
  Connection open() throws IOException {
    Kubeconfig config = Kubeconfig.read(file());
    ApiClient api = config.client().telling(new Warnings(new PrintWriter(System.err)));
    return new Connection(api, namespace == null ? config.namespace() : namespace);
  }

  private Path file() throws IOException {
    if (kubeconfig != null) return kubeconfig;
    String named = System.getenv("KUBECONFIG");
    if (data.given().isEmpty() && named != null && !named.isBlank()) {
      return Path.of(named.split(java.io.File.pathSeparator)[0]);
    }
    Path own = data.directory().kubeconfig();
    if (Files.exists(own)) return own;
    throw new IOException(
        "there is no "
            + own
            + "; start a member with ordinal up, or name a kubeconfig with --kubeconfig");
  }
}
