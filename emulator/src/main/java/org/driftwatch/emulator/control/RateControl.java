package org.driftwatch.emulator.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.driftwatch.emulator.pace.PaceChoice;

/**
 * The rate of a running stream, to be read and changed over HTTP, from this machine only.
 *
 * <pre>{@code
 * GET /rate                    200  {"pace":"rate","rate":1000,"sent":123456}
 * PUT /rate   body: 5000       200  {"pace":"rate","rate":5000,"sent":123460}
 * PUT /rate   body: detectorx2 200  {"pace":"detector","speed":2,"sent":123470}
 * }</pre>
 *
 * <p>The body of a PUT is plain text: records per second (0 for as fast as possible), {@code
 * detector[xK]}, or, for a replay, {@code recorded[xK]}. The answer is one JSON object: {@code
 * pace} is {@code rate}, {@code detector}, {@code recorded} or {@code profile}; {@code rate} comes
 * with the first, {@code speed} with the next two; {@code sent} is the number of records sent so
 * far. The change is in force at once. Whatever is refused is answered by one line of plain text:
 * 400 for a body that is not understood, 403 for a request that comes from a web page or names
 * another host, 404, 405, and 413 for a body of more than 64 bytes.
 *
 * <p>Safe for use by several threads.
 */
public final class RateControl implements AutoCloseable {
  private static final String PATH = "/rate";
  private static final int MOST_BYTES = 64;
  private static final String HOST = "127.0.0.1";

  private final HttpServer server;
  private final ExecutorService threads;
  private final int port;
  private Stream stream;

  /** The stream whose rate it is; called on the server's threads. */
  public interface Stream {
    /** The pace that was chosen; null for a profile. */
    PaceChoice pace();

    /**
     * Chooses another.
     *
     * @throws IllegalArgumentException if this stream has no such pace, with one line
     */
    void change(PaceChoice choice);

    /** Records sent so far. */
    long sent();
  }

  private RateControl(HttpServer server) {
    this.server = server;
    port = server.getAddress().getPort();
    threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "rate-control");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the port; requests wait until there is a stream to {@link #serve}.
   *
   * @param port port on 127.0.0.1, 0 for any free one
   * @throws IOException if the port is in use, with one line that says so
   */
  public static RateControl at(int port) throws IOException {
    // A client that is slow to ask or to take its answer must not hold a thread for good.
    defaultProperty("sun.net.httpserver.maxReqTime", "5");
    defaultProperty("sun.net.httpserver.maxRspTime", "5");
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 8);
    } catch (IOException e) {
      throw new IOException(
          "--control: port "
              + port
              + " on "
              + HOST
              + " cannot be used ("
              + e.getMessage()
              + "); stop what listens there, another emulator perhaps, or choose another port",
          e);
    }
    return new RateControl(server);
  }

  /** Answers from now on. */
  public void serve(Stream served) {
    stream = served;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static void defaultProperty(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /** Where to ask, {@code http://127.0.0.1:port}. */
  public String address() {
    return "http://" + HOST + ":" + port;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isFromHere(exchange)) {
        answer(exchange, 403, "only programs of this machine may ask, at " + address() + PATH);
      } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
        answer(exchange, 404, "expected " + PATH);
      } else {
        switch (exchange.getRequestMethod()) {
          case "GET" -> answer(exchange, 200, state());
          case "PUT" -> change(exchange);
          default -> {
            exchange.getResponseHeaders().set("Allow", "GET, PUT");
            answer(exchange, 405, "expected GET or PUT");
          }
        }
      }
    }
  }

  /**
   * A page of some web site can make its reader's browser ask here; it then bears an Origin, or,
   * where the site's name has been made to mean this machine, that name as Host.
   */
  private boolean isFromHere(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    boolean named = (HOST + ":" + port).equals(host) || ("localhost:" + port).equals(host);
    return named && !exchange.getRequestHeaders().containsKey("Origin");
  }

  private void change(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      answer(exchange, 413, "expected at most " + MOST_BYTES + " bytes");
      return;
    }
    try {
      stream.change(PaceChoice.parse(new String(body, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      answer(exchange, 400, "rate " + e.getMessage());
      return;
    }
    answer(exchange, 200, state());
  }

  private String state() {
    PaceChoice pace = stream.pace();
    String what =
        pace == null
            ? "\"pace\":\"profile\""
            : switch (pace.kind()) {
              case RATE -> "\"pace\":\"rate\",\"rate\":" + PaceChoice.plain(pace.number());
              case DETECTOR -> "\"pace\":\"detector\",\"speed\":" + PaceChoice.plain(pace.number());
              case RECORDED -> "\"pace\":\"recorded\",\"speed\":" + PaceChoice.plain(pace.number());
            };
    return "{" + what + ",\"sent\":" + stream.sent() + "}";
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", status == 200 ? "application/json" : "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Ends the service and gives its port free. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
