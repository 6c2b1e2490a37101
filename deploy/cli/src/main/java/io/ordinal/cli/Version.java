package io.ordinal.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that stands in the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "ordinal " + (version == null ? "(unpackaged)" : version), "JVM ${java.version}"
    };
  }
}
