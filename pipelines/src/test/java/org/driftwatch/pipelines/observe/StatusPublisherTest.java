package org.driftwatch.pipelines.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StatusPublisherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** Measures what the steps of a monitor would. */
  private static final class MeasureFn extends DoFn<Integer, Void> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void measure() {
      PipelineMetrics.records().inc(100);
      PipelineMetrics.head(1).inc(100);
      PipelineMetrics.fits("daq-text").inc();
      PipelineMetrics.rejected(RecordFault.SYNTAX).inc(7);
      PipelineMetrics.rejected(RecordFault.FIELD).inc(3);
      PipelineMetrics.rejectedTimestamps().inc(5);
      PipelineMetrics.rejectedLost().inc(1000);
      PipelineMetrics.late().inc(4);
      PipelineMetrics.dropped().inc(2);
      PipelineMetrics.beforeFirstWindow().inc(1);
      PipelineMetrics.heldBackMillis().set(35_000);
      PipelineMetrics.heldBackPartition().set(2);
      PipelineMetrics.clockBehindMillis().set(1_500);
    }
  }

  @Test
  void theStatusIsWhatThePipelineMeasuredAndComesAgainAndAgain() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      createTopic(admin);
      KafkaClients clients = new KafkaClients(KafkaAccess.at(broker.bootstrapServers()));
      MonitorReadings readings =
          new MonitorReadings(new StreamLag(admin, "stream", Map.of()), Clock.systemUTC());
      try (StatusPublisher publisher =
              new StatusPublisher(readings, Course.DETECTOR, clients, "status", Clock.systemUTC());
          TopicTail tail = new TopicTail(broker.bootstrapServers(), "status")) {
        publisher.start(true);
        await().atMost(PATIENCE).until(() -> !tail.read().isEmpty());
        assertThat(read(tail.read().get(0)).total(), is(Counts.NONE));

        readings.started(measured());
        Counts counts = new Counts(100, 10, 4, 2, 5, 1);
        await().atMost(PATIENCE).until(() -> newest(tail).total(), is(counts));
        StatusMessage status = newest(tail);
        assertThat(status.lastMinute(), is(counts));
        assertThat(status.lastMinuteSeconds(), is(greaterThan(1.0)));
        assertThat(status.heldBackSeconds(), is(35.0));
        assertThat(status.heldBackBy(), is(OptionalInt.of(2)));
        assertThat(status.clockBehindSeconds(), is(1.5));
        assertThat(
            status.problem(),
            is(
                Optional.of(
                    "100 records, but no hit: their HEAD is 1 (100), that of hits is 2 by the"
                        + " detector description 'course': they fit the description 'daq-text';"
                        + " start with --detector=daq-text, or DETECTOR=daq-text of make")));

        admin.deleteTopics(List.of("status")).all().get();
        createTopic(admin);
        try (TopicTail anew = new TopicTail(broker.bootstrapServers(), "status")) {
          await().atMost(PATIENCE).until(() -> !anew.read().isEmpty());
        }
      }
    }
  }

  @Test
  void withoutKafkaItNeitherFailsNorDelaysTheEnd() {
    KafkaClients nowhere = new KafkaClients(KafkaAccess.at("127.0.0.1:1"));
    try (Admin admin = nowhere.impatientAdmin()) {
      StatusPublisher publisher =
          new StatusPublisher(
              new MonitorReadings(new StreamLag(admin, "stream", Map.of()), Clock.systemUTC()),
              Course.DETECTOR,
              nowhere,
              "status",
              Clock.systemUTC());
      publisher.start(true);
      long start = System.nanoTime();
      publisher.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start), is(lessThan(Duration.ofSeconds(10))));
    }
  }

  private static PipelineResult measured() {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of(1)).apply(ParDo.of(new MeasureFn()));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private static void createTopic(Admin admin) throws Exception {
    admin.createTopics(List.of(new NewTopic("status", 1, (short) 1))).all().get();
    NewTopics.awaitLeaders(admin, "status", 1);
  }

  private static StatusMessage newest(TopicTail tail) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> all = tail.read();
    return read(all.get(all.size() - 1));
  }

  private static StatusMessage read(ConsumerRecord<byte[], byte[]> message) throws Exception {
    assertThat(new String(message.key(), UTF_8), is("monitor"));
    return StatusMessage.read(message.value());
  }
}
