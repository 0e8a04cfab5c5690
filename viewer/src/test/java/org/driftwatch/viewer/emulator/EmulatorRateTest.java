package org.driftwatch.viewer.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmulatorRateTest {
  private final AtomicReference<String> set = new AtomicReference<>("1000");
  private final AtomicReference<Optional<Pace>> heard = new AtomicReference<>();
  private final AtomicReference<String> refused = new AtomicReference<>("");
  private HttpServer server;
  private EmulatorRate rate;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/rate", this::answer);
    server.start();
    rate =
        new EmulatorRate(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            heard::set,
            refused::set);
    rate.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] answer;
    int status = 200;
    if (exchange.getRequestMethod().equals("PUT")) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      status = body.startsWith("9") ? 400 : 200;
      answer = (status == 400 ? "too much" : "ok").getBytes(UTF_8);
      if (status == 200) {
        set.set(body);
      }
    } else {
      answer = (state() + "\n").getBytes(UTF_8);
    }
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String state() {
    String now = set.get();
    return now.startsWith("detectorx")
        ? "{\"pace\":\"detector\",\"speed\":" + now.substring(9) + ",\"sent\":12}"
        : now.equals("profile")
            ? "{\"pace\":\"profile\",\"sent\":12}"
            : "{\"pace\":\"rate\",\"rate\":" + now + ",\"sent\":12}";
  }

  @Test
  void anEmulatorAtTheDetectorsPaceAnswersAndItsPaceCanBeDoubled() {
    set.set("detectorx1");
    Pace detector = new Pace(Pace.Kind.DETECTOR, 1);
    awaitPace(Optional.of(detector));
    assertThat(detector.words(), is("the detector's pace"));
    rate.set(detector.times(2).orElseThrow());
    awaitPace(Optional.of(new Pace(Pace.Kind.DETECTOR, 2)));
    assertThat(set.get(), is("detectorx2"));
    set.set("profile");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.get().orElseThrow().kind() == Pace.Kind.PROFILE);
    assertThat(heard.get().orElseThrow().times(2), is(Optional.empty()));
  }

  @AfterEach
  void stop() {
    rate.close();
    server.stop(0);
  }

  private void awaitPace(Optional<Pace> expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> expected.equals(heard.get()));
  }

  @Test
  void theRateIsAskedAndSet() {
    awaitPace(Optional.of(Pace.rate(1000)));
    rate.set(Pace.rate(2500));
    awaitPace(Optional.of(Pace.rate(2500)));
    assertThat(set.get(), is("2500"));
    rate.set(Pace.rate(0.5));
    awaitPace(Optional.of(Pace.rate(0.5)));
  }

  @Test
  void aRefusalIsSaidAndTheRateStays() {
    rate.set(Pace.rate(9000));
    await().atMost(Duration.ofSeconds(20)).until(() -> !refused.get().isEmpty());
    assertThat(refused.get(), is("the emulator refused the rate 9000: too much"));
    awaitPace(Optional.of(Pace.rate(1000)));
  }

  @Test
  void whereNobodyAnswersThereIsNoRate() {
    awaitPace(Optional.of(Pace.rate(1000)));
    server.stop(0);
    awaitPace(Optional.empty());
    rate.set(Pace.rate(5));
    await().atMost(Duration.ofSeconds(20)).until(() -> !refused.get().isEmpty());
    assertThat(refused.get(), containsString("does not answer"));
  }

  @Test
  void whatIsNoHttpAddressIsRefused() {
    assertThat(EmulatorRate.url("http://127.0.0.1:9000").getPort(), is(9000));
    for (String text : new String[] {"localhost:9000", "ftp://a", "http:///rate", "a b"}) {
      assertThrows(IllegalArgumentException.class, () -> EmulatorRate.url(text));
    }
  }
}
