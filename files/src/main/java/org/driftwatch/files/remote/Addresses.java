package org.driftwatch.files.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which addresses may be used: TLS, or plain HTTP on this machine only unless it is asked for. */
public final class Addresses {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private Addresses() {}

  /**
   * Why an address may not be used; empty if it may.
   *
   * @param text the address
   * @param allowHttp true if plain HTTP to other machines is asked for
   */
  public static Optional<String> fault(String text, boolean allowHttp) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.of(text + " is not an address: " + e.getReason());
    }
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if ((!scheme.equals("https") && !scheme.equals("http")) || address.getHost() == null) {
      return Optional.of(text + " is not an address, expected https://HOST[:PORT]/...");
    }
    if (address.getRawUserInfo() != null) {
      return Optional.of("an address with a password in it is not supported: take it out");
    }
    if (scheme.equals("http")
        && !allowHttp
        && !LOOPBACK.matcher(address.getHost().toLowerCase(Locale.ROOT)).matches()) {
      return Optional.of(
          text
              + " is not protected; use https://, or "
              + OptionNames.ALLOW_HTTP
              + " to use it anyway");
    }
    return Optional.empty();
  }
}
