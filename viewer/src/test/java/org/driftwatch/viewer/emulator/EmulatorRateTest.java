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
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmulatorRateTest {
  private final AtomicReference<String> set = new AtomicReference<>("1000");
  private final AtomicReference<OptionalDouble> heard = new AtomicReference<>();
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
      answer = ("{\"pace\":\"rate\",\"rate\":" + set.get() + ",\"sent\":12}\n").getBytes(UTF_8);
    }
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @AfterEach
  void stop() {
    rate.close();
    server.stop(0);
  }

  private void awaitRate(OptionalDouble expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> expected.equals(heard.get()));
  }

  @Test
  void theRateIsAskedAndSet() {
    awaitRate(OptionalDouble.of(1000));
    rate.set(2500);
    awaitRate(OptionalDouble.of(2500));
    assertThat(set.get(), is("2500"));
    rate.set(0.5);
    awaitRate(OptionalDouble.of(0.5));
  }

  @Test
  void aRefusalIsSaidAndTheRateStays() {
    rate.set(9000);
    await().atMost(Duration.ofSeconds(20)).until(() -> !refused.get().isEmpty());
    assertThat(refused.get(), is("the emulator refused the rate 9000: too much"));
    awaitRate(OptionalDouble.of(1000));
  }

  @Test
  void whereNobodyAnswersThereIsNoRate() {
    awaitRate(OptionalDouble.of(1000));
    server.stop(0);
    awaitRate(OptionalDouble.empty());
    rate.set(5);
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
