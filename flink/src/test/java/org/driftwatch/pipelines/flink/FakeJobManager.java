package org.driftwatch.pipelines.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as it is told, and remembers what it was asked to change. */
final class FakeJobManager implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();

  FakeJobManager() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  RestApi rest() {
    return new RestApi("127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this is the answer for a resource. */
  FakeJobManager answers(String resource, String answer) {
    answers.put(resource, answer);
    return this;
  }

  /** Method and resource of each request that was no GET. */
  List<String> changes() {
    return changes;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String resource = exchange.getRequestURI().getPath();
      if (!exchange.getRequestMethod().equals("GET")) {
        changes.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      }
      String answer = answers.get(resource);
      byte[] body = (answer == null ? "not found" : answer).getBytes(UTF_8);
      exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
