package org.driftwatch.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.viewer.kafka.ResultsTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The viewer's metrics, read as Prometheus reads them, against what is in the topic. */
@Timeout(120)
class ViewerMetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ADDRESS =
      Pattern.compile("viewer: metrics at (http://127\\.0\\.0\\.1:\\S+)");
  private static final Pattern AGE =
      Pattern.compile("(?m)^driftwatch_viewer_window_age_seconds (\\S+)$");

  @TempDir private Path folder;

  @Test
  void everyNumberIsWhatIsInTheTopic() throws Exception {
    Random random = new Random(13);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ResultsTopic topic = new ResultsTopic(broker.bootstrapServers(), "results")) {
      topic.create(1);
      for (int n = 0; n < 20; n++) {
        topic.publish(Summaries.window(n, 0, random));
      }
      WindowSummary newest = Summaries.window(20, 0, random);
      topic.publish(newest);
      topic.publish(Summaries.window(3, 1, random));
      topic.send("noise", "{");
      Process viewer = start(broker);
      try {
        String address = address();
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(scrape(address), containsString("driftwatch_viewer_live 1.0\n")));
        String page = scrape(address);
        assertThat(page, containsString("\ndriftwatch_viewer_summaries_total 22.0\n"));
        assertThat(page, containsString("\ndriftwatch_viewer_malformed_messages_total 1.0\n"));
        assertThat(page, containsString("\ndriftwatch_viewer_restarts_total 0.0\n"));
        assertThat(page, containsString("\ndriftwatch_viewer_frames_total 0.0\n"));
        Matcher age = AGE.matcher(page);
        assertThat("an age is shown", age.find());
        double expected =
            (System.currentTimeMillis() - newest.window().orElseThrow().end().toEpochMilli()) / 1e3;
        assertThat(
            "of the newest window",
            Math.abs(Double.parseDouble(age.group(1)) - expected) < PATIENCE.toSeconds(),
            is(true));
      } finally {
        viewer.destroyForcibly();
      }
    }
  }

  private Process start(EmbeddedBroker broker) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ViewerMain.class.getName(),
                "--kafka",
                broker.bootstrapServers(),
                "--text",
                "--metrics-port",
                "0")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("errors").toFile());
    return builder.start();
  }

  private String address() {
    Matcher[] found = new Matcher[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              found[0] = ADDRESS.matcher(Files.readString(folder.resolve("errors")));
              return found[0].find();
            });
    return found[0].group(1);
  }

  private static String scrape(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString(UTF_8))
        .body();
  }
}
