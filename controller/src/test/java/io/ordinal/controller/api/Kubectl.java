package io.ordinal.controller.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real kubectl, with a kubeconfig and a cache of its own. */
final class Kubectl {
  /** What it printed, both streams together. */
  record Result(int exit, String output) {
    String ok() {
      if (exit != 0) throw new AssertionError("exit " + exit + ": " + output);
      return output;
    }
  }

  private static final Pattern MINOR = Pattern.compile("\"minor\": *\"(\\d+)");
  private static final int RECENT = 27;

  private final Path directory;

  Kubectl(Path directory, int port, TestCertificates certificates, String subject) {
    this(directory, port, certificates.ca, certificates.issue(subject));
  }

  Kubectl(
      Path directory, int port, TestCertificates.Holder authority, TestCertificates.Holder user) {
    this(
        directory,
        port,
        authority,
        "{client-certificate-data: %s, client-key-data: %s}"
            .formatted(base64(user.certificatePem()), base64(user.keyPem())));
  }

  /** With a token, as kubeconfigs have it: {@code {token: ...}}. */
  Kubectl(Path directory, int port, TestCertificates.Holder authority, String user) {
    this.directory = directory;
    String config =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: test
          cluster:
            server: https://127.0.0.1:%d
            certificate-authority-data: %s
        users:
        - name: test
          user: %s
        contexts:
        - name: test
          context: {cluster: test, user: test}
        current-context: test
        """
            .formatted(port, base64(authority.certificatePem()), user);
    write("kubeconfig", config);
  }

  /** Whether what this machine has prints what kubectl has printed since 1.27. */
  static boolean isRecent() throws IOException {
    Process version =
        new ProcessBuilder("kubectl", "version", "--client", "-o", "json")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher minor = MINOR.matcher(told);
    if (!minor.find()) throw new AssertionError("kubectl does not tell its version: " + told);
    return Integer.parseInt(minor.group(1)) >= RECENT;
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  Result run(String... arguments) {
    try {
      Path output = Files.createTempFile(directory, "output", ".txt");
      Process process = start(output, arguments);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("kubectl hangs: " + Files.readString(output));
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Runs on until the caller destroys it. */
  Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.add("--kubeconfig=" + directory.resolve("kubeconfig"));
    command.add("--cache-dir=" + directory.resolve("cache"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
