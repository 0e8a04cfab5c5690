package org.driftwatch.quality.service;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.driftwatch.detector.OneLine;
import org.driftwatch.quality.alarm.AlarmMessage;

/**
 * Posts an alarm's JSON to a URL, with the field {@code text} that chats such as Slack or
 * Mattermost show. Tries again a few times; follows no redirects.
 */
final class Webhook implements Hook {
  private final URI url;
  private final Duration patience;
  private final Duration pause;
  private final int attempts;
  private final HttpClient client;

  /**
   * A webhook.
   *
   * @param patience for a whole attempt, connection and answer
   * @param pause before the second attempt; twice as long before the next, and so on
   */
  Webhook(URI url, Duration patience, Duration pause, int attempts) {
    this.url = url;
    this.patience = patience;
    this.pause = pause;
    this.attempts = attempts;
    client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Reads a URL.
   *
   * @throws IOException in one line, if it is none
   */
  static URI url(String text) throws IOException {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new IOException(refusal(text), e);
    }
    throw new IOException(refusal(text));
  }

  private static String refusal(String text) {
    return "webhook '" + OneLine.of(text) + "', expected a URL such as https://host/path";
  }

  /** The path may be a secret: only the host is shown. */
  @Override
  public String name() {
    return "webhook at " + url.getHost();
  }

  @Override
  public void tell(AlarmMessage alarm) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(alarm.writeWithText()))
            .build();
    long wait = pause.toMillis();
    for (int attempt = 1; ; attempt++) {
      try {
        post(request);
        return;
      } catch (IOException e) {
        if (attempt == attempts) {
          throw new IOException(e.getMessage() + ", " + attempts + " times", e);
        }
        TimeUnit.MILLISECONDS.sleep(wait);
        wait *= 2;
      }
    }
  }

  /** The request's own time-out ends with the answer's head: its body may hang, too. */
  private void post(HttpRequest request) throws IOException, InterruptedException {
    Future<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status < 200 || status > 299) {
        throw new IOException("it answers with status " + status);
      }
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      String why = e.getCause().getMessage();
      throw new IOException(
          "it cannot be reached: "
              + OneLine.of(why == null ? e.getCause().getClass().getSimpleName() : why),
          e);
    } finally {
      answer.cancel(true);
    }
  }
}
