package org.driftwatch.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private final AtomicLong hits = new AtomicLong(3);

  private void source(Readings readings) {
    readings.counter("driftwatch_test_hits", "Hits.", hits.get());
    readings.counter(
        "driftwatch_test_rejected_records",
        "Rejected.",
        "reason",
        new TreeMap<>(Map.of("field", 2L, "syntax", 1L)));
    readings.gauge("driftwatch_test_age_seconds", "Age.", 1.5);
    readings.gauge("driftwatch_test_lag_records", "Lag.", "partition", Map.of("0", 7.0));
    readings.summary("driftwatch_test_delay_seconds", "Delay.", 4, 2.25);
  }

  @Test
  void prometheusReadsThePresentValuesWithTheirHelpAndType() throws Exception {
    try (Telemetry shown = Telemetry.show("test", OptionalInt.of(0), this::source)) {
      HttpResponse<String> first = get(shown.address().orElseThrow());
      assertThat(first.statusCode(), is(200));
      assertThat(
          first.headers().firstValue("Content-Type").orElse(""),
          containsString("text/plain; version=0.0.4"));
      assertThat(
          first.body(),
          is(
              """
              # HELP driftwatch_test_age_seconds Age.
              # TYPE driftwatch_test_age_seconds gauge
              driftwatch_test_age_seconds 1.5
              # HELP driftwatch_test_delay_seconds Delay.
              # TYPE driftwatch_test_delay_seconds summary
              driftwatch_test_delay_seconds_count 4
              driftwatch_test_delay_seconds_sum 2.25
              # HELP driftwatch_test_hits_total Hits.
              # TYPE driftwatch_test_hits_total counter
              driftwatch_test_hits_total 3.0
              # HELP driftwatch_test_lag_records Lag.
              # TYPE driftwatch_test_lag_records gauge
              driftwatch_test_lag_records{partition="0"} 7.0
              # HELP driftwatch_test_rejected_records_total Rejected.
              # TYPE driftwatch_test_rejected_records_total counter
              driftwatch_test_rejected_records_total{reason="field"} 2.0
              driftwatch_test_rejected_records_total{reason="syntax"} 1.0
              """));
      hits.set(5);
      assertThat(
          get(shown.address().orElseThrow()).body(),
          containsString("driftwatch_test_hits_total 5.0\n"));
    }
  }

  @Test
  void jmxShowsTheSameNumbersUnderTheSameNames() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("org.driftwatch:type=test");
    try (Telemetry shown = Telemetry.show("test", OptionalInt.empty(), this::source)) {
      assertThat("no port was asked for", shown.address().isEmpty());
      assertThat(server.getMBeanInfo(name).getAttributes().length, is(7));
      assertThat(server.getAttribute(name, "driftwatch_test_hits_total"), is(3.0));
      assertThat(
          server.getAttribute(name, "driftwatch_test_lag_records{partition=\"0\"}"), is(7.0));
      assertThat(server.getAttribute(name, "driftwatch_test_delay_seconds_count"), is(4.0));
    }
    assertThat("the bean ends with it", !server.isRegistered(name));
  }

  @Test
  void onlyThisMachineIsServed() throws Exception {
    try (Telemetry shown = Telemetry.show("test", OptionalInt.of(0), this::source)) {
      int port = URI.create(shown.address().orElseThrow()).getPort();
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : network.inetAddresses().toList()) {
          if (!address.isLoopbackAddress()) {
            assertThrows(IOException.class, () -> new Socket(address, port).close());
          }
        }
      }
    }
  }

  @Test
  void aPortInUseIsOneLineThatNamesIt() throws Exception {
    try (Telemetry shown = Telemetry.show("test", OptionalInt.of(0), this::source)) {
      int port = URI.create(shown.address().orElseThrow()).getPort();
      IOException refused =
          assertThrows(
              IOException.class,
              () -> Telemetry.show("other", OptionalInt.of(port), this::source).close());
      assertThat(
          refused.getMessage(),
          containsString("port " + port + " on 127.0.0.1 cannot be used for the metrics ("));
    }
  }

  @Test
  void thePortIsFreeAfterTheEnd() throws Exception {
    Telemetry shown = Telemetry.show("test", OptionalInt.of(0), this::source);
    URI address = URI.create(shown.address().orElseThrow());
    shown.close();
    assertThrows(ConnectException.class, () -> get(address.toString()));
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString(UTF_8));
  }
}
