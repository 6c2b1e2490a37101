package io.ordinal.member.join;

import io.ordinal.member.contact.ClusterClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a person is told whose address of a controller was not one. Pure. */
final class Unreached {
  private static final String EXPECTED =
      "; expected the API of a controller. On a controller, ordinal status shows its address and"
          + " port: ordinal join ... HOST:PORT";

  private Unreached() {}

  /**
   * @return the failure itself where a controller answered
   */
  static IOException explained(URI server, IOException failure) {
    if (failure instanceof ClusterClient.Refused) return failure;
    boolean nameless = cause(failure, UnresolvedAddressException.class).isPresent();
    if (nameless || cause(failure, UnknownHostException.class).isPresent()) {
      return new IOException(
          "this machine does not know the name "
              + server.getHost()
              + "; give a controller's address");
    }
    return new IOException(
        found(server.getAuthority(), failure)); // Which says what the cause does.
  }

  private static String found(String place, IOException failure) {
    Optional<CertificateException> stranger = cause(failure, CertificateException.class);
    if (stranger.isPresent()) {
      return place
          + ": "
          + deepest(stranger.get())
          + "; ordinal token create on a controller of that cluster makes one that fits";
    }
    if (cause(failure, HttpTimeoutException.class).isPresent()
        || cause(failure, NoRouteToHostException.class).isPresent()) {
      return "no answer from "
          + place
          + ": is that machine on, and may its port be reached from here?"
          + EXPECTED.replaceFirst("; e", " E");
    }
    if (cause(failure, ConnectException.class).isPresent()) {
      return "nothing listens at " + place + EXPECTED;
    }
    if (cause(failure, SSLException.class).isPresent()) {
      return "what listens at "
          + place
          + " is something else ("
          + deepest(failure)
          + ")"
          + EXPECTED;
    }
    return "what listens at " + place + " did not answer (" + deepest(failure) + ")" + EXPECTED;
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) return Optional.of(kind.cast(each));
    }
    return Optional.empty();
  }

  private static String deepest(Throwable failure) {
    Throwable found = failure;
    while (found.getCause() != null) found = found.getCause();
    return found.getMessage() == null ? found.getClass().getSimpleName() : found.getMessage();
  }
}
