package org.driftwatch.pipelines.flink;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A JobManager's REST interface, as much of it as the monitor asks. Safe for use by several
 * threads.
 */
final class RestApi {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** An answer of an HTTP server that is not the one that was hoped for. */
  static final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    UnexpectedAnswerException(String message) {
      super(message);
    }
  }

  /**
   * The interface at an address.
   *
   * @param address host:port
   */
  RestApi(String address) {
    this.address = address;
  }

  String address() {
    return address;
  }

  /**
   * Asks for a resource.
   *
   * @throws UnexpectedAnswerException where the answer is an error or no JSON
   * @throws IOException where nobody answers within seconds
   */
  JsonNode get(String resource) throws IOException {
    return send(request(resource).build());
  }

  /** Asks the JobManager to cancel a job; it has not ended yet when this returns. */
  void cancel(String job) throws IOException {
    send(
        request("/jobs/" + job + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private HttpRequest.Builder request(String resource) throws IOException {
    try {
      return HttpRequest.newBuilder(URI.create("http://" + address + resource)).timeout(PATIENCE);
    } catch (IllegalArgumentException e) {
      throw new IOException(address + " is no address, expected host:port", e);
    }
  }

  private JsonNode send(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new UnexpectedAnswerException(
            request.uri() + " answers with status " + answer.statusCode());
      }
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new UnexpectedAnswerException(request.uri() + " does not answer with JSON");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
