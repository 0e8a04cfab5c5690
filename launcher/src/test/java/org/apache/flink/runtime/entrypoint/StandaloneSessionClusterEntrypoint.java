package org.apache.flink.runtime.entrypoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name: a JobManager that knows two TaskManagers. */
public final class StandaloneSessionClusterEntrypoint {
  private StandaloneSessionClusterEntrypoint() {}

  /** Answers, and does what the file {@code jobmanager.does} says. */
  public static void main(String[] arguments) throws Exception {
    int port =
        Arrays.stream(arguments)
            .filter(argument -> argument.startsWith("rest.port="))
            .mapToInt(argument -> Integer.parseInt(argument.substring("rest.port=".length())))
            .findFirst()
            .orElseThrow();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/overview",
        exchange -> {
          byte[] answer = "{\"taskmanagers\":2}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    FakePart.follow("jobmanager");
  }
}
