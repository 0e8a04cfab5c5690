package org.driftwatch.viewer.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The pace of an emulator, asked and changed over plain HTTP: {@code GET URL/rate} answers an
 * object with the {@code pace} and its number, {@code rate} or {@code speed}; {@code PUT URL/rate}
 * with a number or such as {@code detectorx2} as body sets it. On a thread of its own; {@code
 * onPace} and {@code onRefusal} are called there.
 */
public final class EmulatorRate implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long INTERVAL_MILLIS = 2_000;

  private static final int MOST_BYTES = 4096;

  private final URI rate;
  private final Consumer<Optional<Pace>> onPace;
  private final Consumer<String> onRefusal;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread t = new Thread(task, "emulator-rate");
            t.setDaemon(true);
            return t;
          });

  /**
   * A connection to an emulator; {@link #start()} sets it going.
   *
   * @param url of the emulator, such as http://127.0.0.1:9000
   * @param onPace gets the pace after each request; empty if no emulator answers
   * @param onRefusal gets one line if a rate could not be set
   */
  public EmulatorRate(URI url, Consumer<Optional<Pace>> onPace, Consumer<String> onRefusal) {
    String base = url.toString();
    this.rate = URI.create(base.endsWith("/") ? base + "rate" : base + "/rate");
    this.onPace = onPace;
    this.onRefusal = onRefusal;
  }

  /**
   * Reads the URL of an option.
   *
   * @throws IllegalArgumentException if it is no http URL with a host
   */
  public static URI url(String text) {
    URI url = URI.create(text);
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("expected a URL such as http://127.0.0.1:9000");
    }
    return url;
  }

  /** Asks for the pace now and every two seconds. */
  public void start() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::ask, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    onPace.accept(answer());
  }

  /** Empty if nothing answers, or something that is no emulator. */
  private Optional<Pace> answer() {
    try {
      Answer answer = send(HttpRequest.newBuilder(rate).GET());
      return answer.status() == 200 ? pace(answer.text()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * The pace in an answer; empty if it holds none.
   *
   * @throws IOException if it is not JSON
   */
  static Optional<Pace> pace(String answer) throws IOException {
    JsonNode json = JSON.readTree(answer);
    for (Pace.Kind kind : Pace.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(json.path("pace").textValue())) {
        return pace(kind, json);
      }
    }
    return Optional.empty();
  }

  private static Optional<Pace> pace(Pace.Kind kind, JsonNode json) {
    if (kind == Pace.Kind.PROFILE) {
      return Optional.of(new Pace(kind, 1));
    }
    JsonNode value = json.path(kind == Pace.Kind.RATE ? "rate" : "speed");
    double number = value.isNumber() ? value.asDouble() : -1;
    return number >= 0 && Double.isFinite(number)
        ? Optional.of(new Pace(kind, number))
        : Optional.empty();
  }

  /** The beginning of an answer: an emulator's is a line. */
  private record Answer(int status, String text) {}

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return new Answer(
          response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    }
  }

  /** Sets the pace, soon. */
  public void set(Pace pace) {
    thread.execute(() -> put(pace.told()));
  }

  private void put(String text) {
    try {
      Answer answer =
          send(HttpRequest.newBuilder(rate).PUT(HttpRequest.BodyPublishers.ofString(text)));
      if (answer.status() / 100 != 2) {
        onRefusal.accept("the emulator refused the rate " + text + ": " + answer.text().strip());
      }
    } catch (IOException e) {
      onRefusal.accept("the emulator at " + rate + " does not answer: the rate is unchanged");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ask();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
