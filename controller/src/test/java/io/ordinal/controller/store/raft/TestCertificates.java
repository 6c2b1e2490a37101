package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A certificate, of 127.0.0.1 as a rule, that is its own authority, made by the JDK's own tool. */
final class TestCertificates {
  private static final String PASSWORD = "only-a-test";

  private TestCertificates() {}

  static StoreTls in(Path directory, String name) throws Exception {
    return in(directory, name, "127.0.0.1");
  }

  static StoreTls in(Path directory, String name, String address) throws Exception {
    Path file = directory.resolve(name + ".p12");
    make(file, address);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("authority", store.getCertificate("self"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(authorities);
    return new StoreTls(
        (X509ExtendedKeyManager) keys.getKeyManagers()[0],
        (X509ExtendedTrustManager) trust.getTrustManagers()[0]);
  }

  private static void make(Path file, String address) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "self",
                "-keyalg",
                "EC",
                "-dname",
                "CN=member",
                "-ext",
                "san=ip:" + address,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (tool.waitFor() != 0) throw new IOException("keytool failed");
  }
}
