package org.driftwatch.files.remote;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends GET requests; certificates and host names are always verified. Safe for several threads.
 */
final class Web {
  static final int CONNECT_MILLIS = 10_000;
  static final int SILENCE_MILLIS = 30_000;

  private static final Map<Optional<Path>, Web> KNOWN = new HashMap<>();

  private final Optional<SSLSocketFactory> sockets;

  private Web(Optional<SSLSocketFactory> sockets) {
    this.sockets = sockets;
  }

  /** The one of this process for such access: connections are kept for those of one only. */
  static synchronized Web of(RemoteAccess access) throws IOException {
    Web known = KNOWN.get(access.caFile());
    if (known == null) {
      known =
          new Web(
              access.caFile().isPresent()
                  ? Optional.of(Certificates.sockets(Certificates.trusting(access.caFile().get())))
                  : Optional.empty());
      KNOWN.put(access.caFile(), known);
    }
    return known;
  }

  /**
   * Asks for an address; redirections from https:// to https:// are followed.
   *
   * @return the answer, whatever its status
   */
  HttpURLConnection get(URI address, Map<String, String> headers) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    if (connection instanceof HttpsURLConnection https) {
      sockets.ifPresent(https::setSSLSocketFactory);
    }
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(SILENCE_MILLIS);
    connection.setUseCaches(false);
    // From this machine's plain HTTP there is no way to another's.
    connection.setInstanceFollowRedirects(connection instanceof HttpsURLConnection);
    connection.setRequestProperty("User-Agent", "driftwatch");
    headers.forEach(connection::setRequestProperty);
    connection.getResponseCode();
    return connection;
  }

  /** What an answer means that brings no content; the connection is given up. */
  static Trouble.Refusal refusal(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    String location = connection.getHeaderField("Location");
    connection.disconnect();
    if (status / 100 == 3 && location != null) {
      return new Trouble.Refusal(
          new Trouble(
              Trouble.Kind.FINAL, "the server redirects to " + location + "; use that address"));
    }
    return new Trouble.Refusal(
        Trouble.ofStatus(
            status,
            Optional.ofNullable(connection.getResponseMessage()).orElse(""),
            "it must be readable without a password"));
  }

  /** A name as part of an address: slashes stay, all but the plainest characters are escaped. */
  static String escape(String name) {
    StringBuilder escaped = new StringBuilder(name.length() + 16);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || "-._~/".indexOf(b) >= 0;
      if (plain) {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(String.format("%02X", b));
      }
    }
    return escaped.toString();
  }
}
