package org.driftwatch.emulator.control;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.driftwatch.emulator.pace.PaceChoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RateControlTest {
  private volatile PaceChoice pace = PaceChoice.parse("1000");
  private RateControl control;

  @BeforeEach
  void start() throws IOException {
    control = RateControl.at(0);
    control.serve(
        new RateControl.Stream() {
          @Override
          public PaceChoice pace() {
            return pace;
          }

          @Override
          public void change(PaceChoice choice) {
            if (choice.kind() == PaceChoice.Kind.RECORDED) {
              throw new IllegalArgumentException("recorded: this is no replay");
            }
            pace = choice;
          }

          @Override
          public long sent() {
            return 42;
          }
        });
  }

  @AfterEach
  void stop() {
    control.close();
  }

  private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder rate() {
    return HttpRequest.newBuilder(URI.create(control.address() + "/rate"));
  }

  private HttpResponse<String> put(String body) throws Exception {
    return ask(rate().PUT(BodyPublishers.ofString(body)));
  }

  /** What is answered to bytes that no decent client sends. */
  private String raw(String request) throws IOException {
    URI address = URI.create(control.address());
    try (Socket socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theRateIsReadAndChanged() throws Exception {
    assertThat(ask(rate()).body().strip(), is("{\"pace\":\"rate\",\"rate\":1000,\"sent\":42}"));
    HttpResponse<String> answer = put("2500.5");
    assertThat(answer.statusCode(), is(200));
    assertThat(answer.body().strip(), is("{\"pace\":\"rate\",\"rate\":2500.5,\"sent\":42}"));
    assertThat(
        put("detectorx2").body().strip(), is("{\"pace\":\"detector\",\"speed\":2,\"sent\":42}"));
    pace = null;
    assertThat(ask(rate()).body().strip(), is("{\"pace\":\"profile\",\"sent\":42}"));
  }

  @Test
  void whatIsNotUnderstoodIsOneLineAndChangesNothing() throws Exception {
    for (String body : new String[] {"fast", "-1", "", "recorded", "<script>"}) {
      HttpResponse<String> answer = put(body);
      assertThat(body, answer.statusCode(), is(400));
      assertThat(answer.body().strip().lines().count(), is(1L));
    }
    assertThat(put("7".repeat(65)).statusCode(), is(413));
    assertThat(pace, is(PaceChoice.parse("1000")));
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(
        ask(HttpRequest.newBuilder(URI.create(control.address() + "/"))).statusCode(), is(404));
    HttpResponse<String> answer = ask(rate().POST(BodyPublishers.ofString("5")));
    assertThat(answer.statusCode(), is(405));
    assertThat(answer.headers().firstValue("Allow").orElse(""), is("GET, PUT"));
  }

  @Test
  void aPageOfAWebSiteIsRefused() throws Exception {
    assertThat(
        ask(rate().header("Origin", "http://127.0.0.1:8000").PUT(BodyPublishers.ofString("5")))
            .statusCode(),
        is(403));
    String rebound =
        raw("GET /rate HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n");
    assertThat(rebound, startsWith("HTTP/1.1 403"));
    assertThat(raw("GET /rate HTTP/1.0\r\n\r\n"), startsWith("HTTP/1.1 403"));
    assertThat(pace, is(PaceChoice.parse("1000")));
  }

  @Test
  void aPortInUseIsToldInOneLineAndIsFreeAfterTheEnd() throws Exception {
    int port = URI.create(control.address()).getPort();
    IOException e = assertThrows(IOException.class, () -> RateControl.at(port));
    assertThat(e.getMessage(), containsString("port " + port + " on 127.0.0.1 cannot be used"));
    control.close();
    RateControl.at(port).close();
  }
}
