package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final TestCertificates ours = new TestCertificates();
  @TempDir Path directory;
  private ServedApi api;

  @BeforeEach
  void serve() throws Exception {
    api = ServedApi.overTls(ours, now::get);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_certificate_of_ours_is_believed() throws Exception {
    assertThat(client("ours", ours.issue("CN=jane,O=system:masters")).output()).contains("items");
  }

  @Test
  void a_certificate_of_another_authority_makes_nobody() throws Exception {
    TestCertificates.Holder forged = new TestCertificates().issue("CN=jane,O=system:masters");
    assertThat(client("forged", forged).output()).contains("User \"system:anonymous\" cannot list");
  }

  @Test
  void an_expired_certificate_makes_nobody() throws Exception {
    now.set(Instant.now().plus(Duration.ofHours(2)));
    assertThat(client("old", ours.issue("CN=jane,O=system:masters")).output())
        .contains("User \"system:anonymous\" cannot list");
  }

  private Kubectl.Result client(String name, TestCertificates.Holder holder) throws Exception {
    Path home = Files.createDirectory(directory.resolve(name));
    return new Kubectl(home, api.server.port(), ours.ca, holder)
        .run("get", "--raw", "/api/v1/namespaces");
  }
}
