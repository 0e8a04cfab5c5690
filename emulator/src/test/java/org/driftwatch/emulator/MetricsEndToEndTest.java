package org.driftwatch.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The emulator's metrics, read as Prometheus reads them, against what is in the topic. */
@Timeout(180)
@ExtendWith(SharedBroker.class)
class MetricsEndToEndTest {
  private static final Pattern ADDRESS =
      Pattern.compile("metrics at (http://127\\.0\\.0\\.1:\\S+)");

  @TempDir Path folder;

  @Test
  void everyNumberIsWhatIsInTheTopic(EmbeddedBroker broker) throws Exception {
    String rows = "2,0,1,5,5,5\n4,0,0,5,0,0.5\n2,0,1\n".repeat(300);
    Path file = Files.writeString(folder.resolve("rows.csv"), rows);
    String[] options = {
      "--kafka",
      broker.bootstrapServers(),
      "--topic",
      "counted",
      "--metrics-port",
      "0",
      // All at once and one more, then nothing for an hour: the numbers stand still.
      "--source",
      file.toString(),
      "--loop",
      "--profile",
      "burst:600,0.001:1h",
      "--inject",
      "duplicate=0.1",
      "--format",
      "csv"
    };
    try (Program emulator = Program.start(folder, EmulatorMain.class, options)) {
      String address = address(emulator);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(
                      MetricsPage.samples(address)
                          .get("driftwatch_emulator_records_acknowledged_total"),
                      is(601.0)));

      Map<String, Double> found = MetricsPage.samples(address);
      List<ConsumerRecord<byte[], byte[]>> sent = Topic.read(broker, "counted");
      long hits = sent.stream().filter(r -> new String(r.value(), UTF_8).startsWith("2,")).count();
      double injected = found.get("driftwatch_emulator_records_injected_total");

      assertThat((double) sent.size(), is(601 + injected));
      assertThat("some were sent twice", injected > 0 && hits > 301);
      assertThat(found.get("driftwatch_emulator_records_sent_total"), is(601.0));
      assertThat(found.get("driftwatch_emulator_messages_sent_total"), is(601.0));
      assertThat(found.get("driftwatch_emulator_hits_sent_total"), is(301.0));
      assertThat(found.get("driftwatch_emulator_records_failed_total"), is(0.0));
      emulator.terminate();
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("sent 601 records (301 hits, in 601 Kafka"));
    }
  }

  private static String address(Program emulator) {
    Matcher[] found = new Matcher[1];
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              found[0] = ADDRESS.matcher(emulator.err());
              return found[0].find();
            });
    return found[0].group(1);
  }
}
