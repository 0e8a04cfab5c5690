package org.driftwatch.pipelines.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.parse.RejectedRecord;
import org.driftwatch.pipelines.parse.RejectedRecordCoder;
import org.driftwatch.pipelines.read.EventTime;
import org.driftwatch.pipelines.testing.Counters;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that no topic likes, against a real broker: none of them may end the run. */
@Timeout(120)
class PublishRejectedTest {
  private static final String LOST = "rejectedLost";
  private static final TopicLimits NONE =
      new TopicLimits(KafkaClients.MAX_REQUEST_BYTES, Long.MAX_VALUE, Long.MAX_VALUE, true);
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final byte[] NOISE = "noise".getBytes(UTF_8);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Admin admin;
  private static int tests;

  private String topic;
  private long offset = 40;
  private final long began = System.currentTimeMillis();

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder, 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void nameTheTopic() {
    tests++;
    topic = "rejected-" + tests;
  }

  @Test
  void timestampsAreKeptWhereTheTopicTakesThemAndElseSaidInAHeader() throws Exception {
    createTopic(Map.of("message.timestamp.after.max.ms", Long.toString(HOUR)));
    long[] refused = {-1, Long.MIN_VALUE, began + 2 * HOUR, EventTime.MAX_MILLIS, Long.MAX_VALUE};
    long[] taken = {0, 1, began, began + HOUR / 2};

    publishLosing(0, limits(), stamped(refused));
    for (ConsumerRecord<byte[], byte[]> record : published()) {
      assertThat(record.timestamp(), is(greaterThanOrEqualTo(began)));
      assertThat(new String(record.value(), UTF_8), is("noise"));
    }
    assertThat(
        headers("timestamp"), is(LongStream.of(refused).boxed().map(String::valueOf).toList()));

    publishLosing(0, limits(), stamped(taken));
    List<ConsumerRecord<byte[], byte[]>> kept =
        published().subList(refused.length, refused.length + taken.length);
    assertThat(
        kept.stream().map(ConsumerRecord::timestamp).toList(),
        is(LongStream.of(taken).boxed().toList()));
    assertThat(
        kept.stream()
            .map(record -> header(record, "timestamp"))
            .filter(Optional::isPresent)
            .toList(),
        is(empty()));
  }

  @Test
  void oldTimestampsAreReplacedWhereTheTopicTakesNone() throws Exception {
    createTopic(Map.of("message.timestamp.before.max.ms", Long.toString(HOUR)));

    publishLosing(0, limits(), stamped(0, 1, began - 2 * HOUR, began - HOUR / 2));
    List<Long> stamps = published().stream().map(ConsumerRecord::timestamp).toList();
    assertThat(stamps.subList(0, 3).stream().allMatch(stamp -> stamp >= began), is(true));
    assertThat(stamps.get(3), is(began - HOUR / 2));
    assertThat(headers("timestamp"), is(List.of("0", "1", Long.toString(began - 2 * HOUR))));
  }

  @Test
  void whereTheBrokerStampsTheOriginalTimestampStandsInAHeader() throws Exception {
    createTopic(Map.of("message.timestamp.type", "LogAppendTime"));

    publishLosing(0, limits(), stamped(5));
    assertThat(headers("timestamp"), is(List.of("5")));
  }

  @Test
  void keyAndValueAreShortenedToWhatTheTopicTakes() throws Exception {
    createTopic(Map.of("max.message.bytes", "1000000"));
    byte[] large = new byte[2 << 20];

    publishLosing(
        0,
        limits(),
        List.of(rejected(0, large, NOISE), rejected(1, NOISE, large), rejected(2, large, large)));
    List<ConsumerRecord<byte[], byte[]>> records = published();
    assertThat(new String(records.get(0).value(), UTF_8), is("noise"));
    assertThat(records.get(0).key().length, is(greaterThan(990_000)));
    assertThat(new String(records.get(1).key(), UTF_8), is("noise"));
    assertThat(records.get(1).value().length, is(greaterThan(990_000)));
    assertThat(records.get(2).key().length, is(greaterThan(490_000)));
    assertThat(records.get(2).value().length, is(greaterThan(490_000)));
    assertThat(headers("key-truncated-from"), is(List.of("2097152", "2097152")));
    assertThat(headers("truncated-from"), is(List.of("2097152", "2097152")));
  }

  /** The limits may be secret, or have changed since they were read. */
  @Test
  void whatTheBrokerRefusesAgainstExpectationIsSentWithoutItsBytesAndTheOthersWhole()
      throws Exception {
    createTopic(
        Map.of("max.message.bytes", "20000", "message.timestamp.before.max.ms", "1000000000"));
    byte[] large = new byte[50_000];

    publishLosing(
        0,
        NONE,
        List.of(
            rejected(began, NOISE, NOISE),
            rejected(7, NOISE, NOISE),
            rejected(began, NOISE, large),
            rejected(began, large, NOISE),
            rejected(began, null, NOISE)));
    List<ConsumerRecord<byte[], byte[]>> records = published();
    assertThat(records.size(), is(5));
    assertThat(
        records.stream().filter(record -> record.value().length == NOISE.length).count(), is(2L));
    assertThat(headers("timestamp").contains("7"), is(true));
    assertThat(headers("reason").size(), is(5));
  }

  @Test
  void whatTheBrokerRefusesInAnyFormIsCounted() throws Exception {
    createTopic(Map.of("max.message.bytes", "20"));

    publishLosing(3, limits(), stamped(began, began, began));
    assertThat(published().size(), is(0));
  }

  @Test
  void aTopicThatIsGoneCostsSecondsAndNoRunAndIsUsedAgainWhenItIsBack() throws Exception {
    createTopic(Map.of());
    TopicLimits limits = limits();
    admin.deleteTopics(List.of(topic)).all().get();

    long start = System.nanoTime();
    publishLosing(10000, limits, stamped(LongStream.range(0, 10_000).toArray()));
    publishLosing(1, limits, stamped(1));
    assertThat(Duration.ofNanos(System.nanoTime() - start), is(lessThan(Duration.ofSeconds(60))));

    createTopic(Map.of());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              publish(limits, stamped(1));
              return !published().isEmpty();
            });
  }

  @Test
  void aFloodIsAcknowledgedManyAtATime() throws Exception {
    createTopic(Map.of());
    int many = Integer.getInteger("driftwatch.flood", 10_000);

    long start = System.nanoTime();
    publishLosing(0, limits(), stamped(new long[many]));
    System.out.printf(
        "%,d rejected records in %d ms%n", many, (System.nanoTime() - start) / 1_000_000);
    assertThat(published().size(), is(many));
  }

  @Test
  void everyRecordSaysWhyAndWhere() throws Exception {
    createTopic(Map.of());

    publish(limits(), List.of(rejected(3, NOISE, NOISE)));
    ConsumerRecord<byte[], byte[]> record = published().get(0);
    assertThat(header(record, "reason").orElseThrow(), containsString("is no record"));
    assertThat(header(record, "topic"), is(Optional.of("stream")));
    assertThat(header(record, "partition"), is(Optional.of("2")));
    assertThat(header(record, "offset"), is(Optional.of("40")));
    assertThat(header(record, "index"), is(Optional.of("1")));
  }

  /** Publishes records with one pipeline, and waits until as many as expected are lost of them. */
  private void publishLosing(long lost, TopicLimits limits, List<RejectedRecord> records) {
    PipelineResult result = publish(limits, records);
    // The DirectRunner adds up a bundle's counts a moment after the bundle.
    await().until(() -> Counters.of(result).getOrDefault(LOST, 0L), is(lost));
  }

  private PipelineResult publish(TopicLimits limits, List<RejectedRecord> records) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            "One bundle",
            Create.of(List.of(records)).withCoder(ListCoder.of(RejectedRecordCoder.of())))
        .apply(Flatten.iterables())
        .apply(
            new PublishRejected(
                topic, new KafkaClients(KafkaAccess.at(broker.bootstrapServers())), limits));
    PipelineResult result = pipeline.run();
    assertThat(result.waitUntilFinish(), is(PipelineResult.State.DONE));
    return result;
  }

  private List<RejectedRecord> stamped(long... timestamps) {
    return LongStream.of(timestamps).mapToObj(t -> rejected(t, null, NOISE)).toList();
  }

  private RejectedRecord rejected(long timestamp, byte[] key, byte[] value) {
    return new RejectedRecord("stream", 2, offset++, 1, timestamp, "this is no record", key, value);
  }

  private TopicLimits limits() throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return TopicLimits.of(admin.describeConfigs(List.of(resource)).all().get().get(resource));
  }

  private void createTopic(Map<String, String> config) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(config))).all().get();
    NewTopics.awaitLeaders(admin, topic, 1);
  }

  private List<ConsumerRecord<byte[], byte[]>> published() {
    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), topic)) {
      return new ArrayList<>(tail.readToEnd());
    }
  }

  private List<String> headers(String name) {
    return published().stream().flatMap(record -> header(record, name).stream()).toList();
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? Optional.empty() : Optional.of(new String(header.value(), UTF_8));
  }
}
