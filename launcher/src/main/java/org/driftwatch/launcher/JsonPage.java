package org.driftwatch.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page on which a cluster's master says in JSON how the cluster is. */
final class JsonPage {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final URI address;

  JsonPage(String address) {
    this.address = URI.create(address);
  }

  /** Its text; empty while nobody answers. */
  String text() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  /** The number of a field of this name in a page's text. */
  static OptionalInt number(String text, String field) {
    Matcher number = Pattern.compile("\"" + field + "\"\\s*:\\s*(\\d+)").matcher(text);
    return number.find() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
  }
}
