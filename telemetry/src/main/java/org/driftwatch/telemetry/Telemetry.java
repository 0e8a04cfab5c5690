package org.driftwatch.telemetry;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Shows the metrics of a running part: always as a JMX bean, {@code org.driftwatch:type=PART}, and,
 * where a port is given, at {@code http://127.0.0.1:PORT/metrics} as Prometheus reads them. Nothing
 * is counted here: a source is asked whenever somebody looks.
 *
 * <pre>{@code
 * try (Telemetry shown = Telemetry.show("emulator", OptionalInt.of(19089), readings ->
 *     readings.counter("driftwatch_emulator_hits_sent", "Hits sent.", tally.hits()))) {
 *   ...
 * }
 * }</pre>
 */
public final class Telemetry implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final MetricsBean bean;
  private final Optional<HTTPServer> server;

  /** What a part measures. Asked on threads of those who look, several at a time. */
  @FunctionalInterface
  public interface Source {
    /** Writes down the present values. */
    void read(Readings readings);
  }

  private Telemetry(MetricsBean bean, Optional<HTTPServer> server) {
    this.bean = bean;
    this.server = server;
  }

  /**
   * Shows a part's metrics until closed.
   *
   * @param part the part's name, such as {@code emulator}
   * @param port port on 127.0.0.1, 0 for any free one; empty for none
   * @throws IOException where the port cannot be used, with one line that says so
   */
  public static Telemetry show(String part, OptionalInt port, Source source) throws IOException {
    Optional<HTTPServer> server =
        port.isPresent() ? Optional.of(serve(port.getAsInt(), source)) : Optional.empty();
    return new Telemetry(MetricsBean.register(part, () -> read(source)), server);
  }

  private static HTTPServer serve(int port, Source source) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    MultiCollector collector = () -> read(source);
    registry.register(collector);
    try {
      return HTTPServer.builder()
          .inetAddress(InetAddress.getByAddress(LOOPBACK))
          .port(port)
          .registry(registry)
          .buildAndStart();
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " on 127.0.0.1 cannot be used for the metrics ("
              + e.getMessage()
              + "); stop what listens there, or choose another port",
          e);
    }
  }

  private static MetricSnapshots read(Source source) {
    Readings readings = new Readings();
    source.read(readings);
    return readings.snapshots();
  }

  /** Where Prometheus may ask; empty where no port was given. */
  public Optional<String> address() {
    return server.map(s -> "http://127.0.0.1:" + s.getPort() + "/metrics");
  }

  /** Gives the port free and takes the bean away. */
  @Override
  public void close() {
    server.ifPresent(HTTPServer::close);
    bean.unregister();
  }
}
