package org.driftwatch.files.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A container at /v1/AUTH_course/minidt, as OpenStack Swift gives it out, with faults on demand.
 */
public final class ContainerServer implements AutoCloseable {
  private static final String PATH = "/v1/AUTH_course/minidt";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  /**
   * A request for an object that was answered with content.
   *
   * @param ranged true where it was for a range
   * @param from first byte sent
   * @param to byte behind the last one sent
   */
  public record Served(String name, boolean ranged, int from, int to) {}

  public final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  public final List<Served> served = new CopyOnWriteArrayList<>();
  public volatile int listingLimit = 10_000;
  public volatile boolean knowsMarkers = true;
  public volatile boolean knowsRanges = true;
  public volatile boolean knowsTags = true;

  /** When objects were changed last, as servers say it; empty if this one does not. */
  public volatile String modified = "";

  public volatile String listingType = "text/plain; charset=utf-8";

  /** So many requests to come are answered with 503. */
  public final AtomicInteger busyAnswers = new AtomicInteger();

  /** Connections that break, of all those for objects. */
  public volatile double cutShare;

  /** Called with the name of an object when half of an answer is sent. */
  public volatile Consumer<String> amidSending = name -> {};

  private final Random random;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String scheme;

  /**
   * Starts on a free port.
   *
   * @param tls its certificate; null for plain HTTP
   * @param seed of the bytes at which connections break
   */
  public ContainerServer(SSLContext tls, long seed) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    random = new Random(seed);
    if (tls == null) {
      server = HttpServer.create(address, 0);
      scheme = "http";
    } else {
      HttpsServer https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = https;
      scheme = "https";
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Address of the container, with a slash at its end. */
  public String address() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + PATH + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (busyAnswers.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        exchange.sendResponseHeaders(503, -1);
      } else if (path.equals(PATH) || path.equals(PATH + "/")) {
        list(exchange);
      } else if (path.startsWith(PATH + "/secret")) {
        exchange.sendResponseHeaders(403, -1);
      } else if (path.startsWith(PATH + "/") && objects.containsKey(name(path))) {
        send(exchange, name(path));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static String name(String path) {
    return path.substring(PATH.length() + 1);
  }

  private void list(HttpExchange exchange) throws IOException {
    String marker = parameter(exchange, "marker");
    String prefix = parameter(exchange, "prefix");
    StringBuilder list = new StringBuilder();
    objects.keySet().stream()
        .filter(name -> !knowsMarkers || name.compareTo(marker) > 0)
        .filter(name -> name.startsWith(prefix))
        .limit(listingLimit)
        .forEach(name -> list.append(name).append('\n'));
    byte[] body = list.toString().getBytes(StandardCharsets.UTF_8);
    if (body.length == 0) {
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", listingType);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getQuery();
    return query == null
        ? ""
        : Arrays.stream(query.split("&", -1))
            .filter(part -> part.startsWith(name + "="))
            .map(part -> part.substring(name.length() + 1))
            .findFirst()
            .orElse("");
  }

  private void send(HttpExchange exchange, String name) throws IOException {
    byte[] content = objects.get(name);
    // Swift's tag has no quotes.
    String tag = Integer.toHexString(Arrays.hashCode(content));
    String wanted = exchange.getRequestHeaders().getFirst("If-Match");
    if (wanted != null && !wanted.equals('"' + tag + '"')) {
      exchange.sendResponseHeaders(412, -1);
      return;
    }
    if (knowsTags) {
      exchange.getResponseHeaders().set("Etag", tag);
    }
    if (!modified.isEmpty()) {
      exchange.getResponseHeaders().set("Last-Modified", modified);
    }
    int from = 0;
    int to = content.length;
    String asked = exchange.getRequestHeaders().getFirst("Range");
    Matcher range = RANGE.matcher(String.valueOf(asked));
    boolean ranged = knowsRanges && range.matches();
    if (ranged) {
      from = Integer.parseInt(range.group(1));
      to = (int) Math.min(to, Long.parseLong(range.group(2)) + 1);
      if (from >= content.length) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(ranged ? 206 : 200, to - from == 0 ? -1 : to - from);
    int stop = cut(from, to);
    served.add(new Served(name, ranged, from, stop));
    OutputStream out = exchange.getResponseBody();
    int half = (stop - from) / 2;
    out.write(content, from, half);
    out.flush();
    amidSending.accept(name);
    out.write(content, from + half, stop - from - half);
    out.flush();
  }

  private synchronized int cut(int from, int to) {
    return random.nextDouble() < cutShare ? from + random.nextInt(to - from) : to;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
