package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.reference.ReferenceParser;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.emulator.HostileProperties;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.Counters;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.MonitorProgram;
import org.driftwatch.pipelines.testing.PublishedResults;
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitor as it runs: a real broker, the DirectRunner with its options file, real topics. */
class MonitorEndToEndTest {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Fixed, and long ago: results must not depend on when they are made. */
  private static final long START = Instant.parse("2024-02-29T23:59:50.000Z").toEpochMilli();

  private static final int TEN_MEGABYTES = 10 << 20;

  @TempDir static Path data;
  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;
  private static int tests;

  private String stream;
  private String results;
  private String rejected;
  private String events;
  private final List<Sent> sent = new ArrayList<>();
  private PipelineResult run;
  private Callable<Boolean> hasEnded;

  /** A record as it stands in the topic. */
  private record Sent(StreamRecord record, String key, RecordMetadata place) {}

  /** A rejected record, as far as it can be compared; bytes and keys as text. */
  private record Rejected(
      String bytes, String key, String topic, int partition, long offset, int index) {}

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(data, 0);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 * TEN_MEGABYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    broker.close();
  }

  @BeforeEach
  void nameTopics(TestInfo test) {
    tests++;
    stream = "stream-" + tests;
    results = "results-" + tests;
    rejected = "rejected-" + tests;
    events = "events-" + tests;
  }

  @AfterEach
  void stop() throws IOException {
    if (run != null) {
      run.cancel();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 1, 1", "3, 2, 3"})
  void everyWindowEqualsTheReferencesRecomputation(int partitions, int readers, int shards)
      throws Exception {
    Random random = Seed.random("end to end");
    List<StreamRecord> records = new SimulatedStream(random).records(600, START, START + 40_000);
    records.add(new StreamRecord(hit("\"" + "x".repeat(TEN_MEGABYTES) + "\""), false, START + 5));
    records.add(new StreamRecord(new byte[TEN_MEGABYTES], false, START + 15_000));
    List<StreamRecord> inTime = new ArrayList<>();
    List<StreamRecord> late = new ArrayList<>();
    for (StreamRecord record : records) {
      // The late ones are up to 30 s behind when the others have got to their end.
      boolean delayed = record.timestamp() >= START + 11_000 && random.nextInt(6) == 0;
      (delayed ? late : inTime).add(record);
    }
    inTime.sort(Comparator.comparingLong(record -> record.timestamp() + random.nextInt(500)));

    start(
        "--partitions=" + partitions,
        "--readers=" + readers,
        "--shards=" + shards,
        // However long the first part takes on a busy machine: silence goes on all the while.
        "--allowedLateness=10m");
    send(inTime, partitions, random);
    SortedMap<String, JsonNode> first = awaitResults();
    send(late, partitions, random);
    SortedMap<String, JsonNode> last = awaitResults();

    assertThat("some windows were refined", last, is(not(first)));
    assertThat(
        "as many as had late records",
        last.values().stream().filter(s -> s.get("revision").asInt() > 0).count(),
        is(greaterThan(5L)));
    awaitRejected();
    assertThat("nothing was too late", Counters.of(run).get("dropped"), is((Long) null));
  }

  @Test
  void strangeProducersAreServedAsTheyAre() throws Exception {
    List<StreamRecord> records = new ArrayList<>();
    String[] values = {
      "{\"HEAD\":\"2\",\"FPGA\":\"0\",\"TDC_CHANNEL\":\"5\",\"ORBIT_CNT\":\"3387315431\","
          + "\"BX_COUNTER\":\"100\",\"TDC_MEAS\":\"7\"}",
      "{\"HEAD\":2.0,\"FPGA\":1.0,\"TDC_CHANNEL\":128.0,\"ORBIT_CNT\":3387315431.0,"
          + "\"BX_COUNTER\":99.0,\"TDC_MEAS\":7.0}",
      "2,0,64,4294967295,100,7",
      "2,0,64,4294967296,100,7",
      "2,0,64,1,100,7,7",
      "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS",
      "4,1,0,3387315431,0,-67.3",
      "{\"HEAD\":2,\"FPGA\":0",
      "\u0000\u0001binary noise",
      "",
    };
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i].getBytes(ISO_8859_1);
      records.add(new StreamRecord(value, false, START + 10L * i));
      records.add(new StreamRecord(value, false, START + 10L * i + 2000)); // Sent twice.
    }
    records.add(new StreamRecord(null, false, START));
    records.add(new StreamRecord(new byte[12], true, START));

    start("--partitions=1");
    send(records, 1, new Random(1));

    SortedMap<String, JsonNode> last = awaitResults();
    JsonNode first = last.get(ReferenceMonitor.iso(START));
    assertThat(first.get("tot_import").asInt(), is(5));
    assertThat(first.get("hits").asInt(), is(3));
    assertThat(first.get("malformed").asInt(), is(7));
    assertThat(first.get("scintillator_orbits").asInt(), is(1));
    awaitRejected();
  }

  @Test
  void propertiesThatWouldFalsifyResultsAreIgnoredWithOneLineEach(@TempDir Path folder)
      throws Exception {
    createTopic(stream, 1, Map.of());
    send(hits(START, START + 4000), 1, new Random(1));
    try (MonitorProgram monitor =
        MonitorProgram.start(
            folder,
            "--kafka=" + broker.bootstrapServers(),
            "--kafkaConfig=" + HostileProperties.write(folder),
            "--streamTopic=" + stream,
            "--resultsTopic=" + results,
            "--rejectedTopic=" + rejected,
            "--window=" + WINDOW.toMillis() + "ms")) {
      hasEnded = () -> !monitor.isAlive();
      monitor.awaitLog("Monitoring " + stream);
      send(
          List.of(new StreamRecord("nonsense".getBytes(UTF_8), false, START + 4000)),
          1,
          new Random(1));
      send(hits(START + 4000, START + 9000), 1, new Random(1));
      awaitResults();
      awaitRejected();
      HostileProperties.assertTold(monitor.log(), HostileProperties.all());
    }
  }

  @Test
  void aFewMuonsOfEachWindowGoToTheirTopicAndResultsDoWithoutIt() throws Exception {
    start("--partitions=1", "--allowedLateness=10m");
    send(muon(START), 1, new Random(1));
    send(hits(START + 2000, START + 5000), 1, new Random(1));
    awaitResults();
    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), events)) {
      await().atMost(PATIENCE).until(() -> !tail.read().isEmpty());
      ConsumerRecord<byte[], byte[]> message = tail.read().get(0);
      assertThat(new String(message.key(), UTF_8), is(ReferenceMonitor.iso(START)));
      MuonEvents muons = MuonEvents.read(message.value());
      assertThat(muons.events().stream().map(MuonEvents.Event::orbit).toList(), is(List.of(77L)));
      assertThat(muons.events().get(0).segments().get(0).hits(), is(List.of(3, 1, 2, 0)));
    }

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(events)).all().get();
    }
    send(muon(START + 8000), 1, new Random(1));
    send(hits(START + 10_000, START + 15_000), 1, new Random(1));
    awaitResults();
  }

  /**
   * Hits of a vertical muon, 14 mm from the wires of layers 2 and 4, 7 mm from those of 1 and 3.
   */
  private static List<StreamRecord> muon(long timestamp) {
    List<StreamRecord> records = new ArrayList<>();
    for (String hit : List.of("28,77,1010,12", "29,77,1010,12", "30,77,1005,6", "31,77,1005,6")) {
      records.add(new StreamRecord(("2,0," + hit).getBytes(UTF_8), false, timestamp));
    }
    return records;
  }

  /** The last message of a key holds, so none may overtake the one before it. */
  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 3})
  void refinementsInQuickSuccessionAreAllPublishedInTheirOrder(int shards) throws Exception {
    start("--partitions=1", "--allowedLateness=10m", "--shards=" + shards);
    send(hits(START, START + WINDOW.toMillis()), 1, new Random(1));
    send(hits(START + 10_000, START + 10_500), 1, new Random(1));
    awaitResults();
    for (int i = 0; i < 60; i++) {
      send(hits(START + i, START + i + 500), 1, new Random(i));
    }
    awaitResults();

    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), results)) {
      List<Integer> revisions = new ArrayList<>();
      String key = ReferenceMonitor.iso(START);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                revisions.clear();
                for (ConsumerRecord<byte[], byte[]> message : tail.read()) {
                  if (key.equals(new String(message.key(), UTF_8))) {
                    revisions.add(
                        new ObjectMapper().readTree(message.value()).get("revision").asInt());
                  }
                }
                return revisions.size() > 1;
              });
      assertThat(revisions, is(IntStream.range(0, revisions.size()).boxed().toList()));
    }
  }

  @Test
  void oneRecordFromTheFarFutureClosesNoWindow() throws Exception {
    List<StreamRecord> before = hits(START, START + 4000);
    List<StreamRecord> after = hits(START + 4000, START + 9000);

    start("--partitions=1");
    send(before, 1, new Random(1));
    long monthLater = START + Duration.ofDays(30).toMillis();
    produce(new StreamRecord(hit("1"), false, monthLater), 0, null).get();
    send(after, 1, new Random(1));

    SortedMap<String, JsonNode> last = awaitResults();
    assertThat(last.size(), is(5));
    assertThat("nothing was too late", Counters.of(run).get("dropped"), is((Long) null));
    assertThat("nor late at all", Counters.of(run).get("late"), is((Long) null));
  }

  @Test
  void topicsThatDoNotExistAreCreatedAsTheContractSays() throws Exception {
    start("--partitions=2");

    try (Admin admin = admin()) {
      assertThat(
          admin
              .describeTopics(List.of(stream))
              .allTopicNames()
              .get()
              .get(stream)
              .partitions()
              .size(),
          is(2));
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, results);
      assertThat(
          admin
              .describeConfigs(List.of(topic))
              .all()
              .get()
              .get(topic)
              .get("cleanup.policy")
              .value(),
          is("compact"));
      assertThat(admin.listTopics().names().get().contains(rejected), is(true));
    }
    // Only one of the partitions ever has a record, and it comes when the monitor has long started.
    produce(new StreamRecord(hit("1"), false, START), 1, null).get();
    sent.add(new Sent(new StreamRecord(hit("1"), false, START), null, null));
    assertThat(awaitResults().size(), is(1));
  }

  @Test
  void recordsFromBeforeTheMonitorStartedAreReadToo() throws Exception {
    createTopic(stream, 3, Map.of());
    send(hits(START, START + 7000), 3, new Random(2));

    start();

    assertThat(awaitResults().size(), is(4));
  }

  @Test
  void aRejectedRecordTooLargeForItsTopicIsSentInPartWithItsLength() throws Exception {
    createTopic(rejected, 1, Map.of("max.message.bytes", "20000"));
    byte[] noise = new byte[50_000];
    Arrays.fill(noise, (byte) '?');

    start("--partitions=1");
    produce(new StreamRecord(noise, false, START), 0, "key").get();

    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), rejected)) {
      await().atMost(PATIENCE).until(() -> !tail.read().isEmpty());
      ConsumerRecord<byte[], byte[]> record = tail.read().get(0);
      assertThat(record.value().length, is(lessThanOrEqualTo(20_000)));
      assertThat(record.value().length, is(greaterThan(15_000)));
      assertThat(header(record, "truncated-from"), is("50000"));
      assertThat(header(record, "offset"), is("0"));
      assertThat(new String(record.key(), UTF_8), is("key"));
    }
  }

  private void start(String... further) throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "@" + Path.of("..", "runner-configs", "direct", "options.args"),
                "--kafka=" + broker.bootstrapServers(),
                "--streamTopic=" + stream,
                "--resultsTopic=" + results,
                "--rejectedTopic=" + rejected,
                "--eventsTopic=" + events,
                "--window=" + WINDOW.toMillis() + "ms"));
    arguments.addAll(Arrays.asList(further));
    MonitorOptions options =
        Program.options(arguments.toArray(String[]::new), MonitorOptions.class);
    run = Monitor.pipeline(options, Plan.of(options)).run();
    hasEnded = () -> run.getState().isTerminal();
  }

  /** Sends records over the partitions, some with a key, and waits until all are there. */
  private void send(List<StreamRecord> records, int partitions, Random random) throws Exception {
    List<Future<RecordMetadata>> places = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (StreamRecord record : records) {
      String key = random.nextInt(3) == 0 ? "key-" + random.nextInt(100) : null;
      keys.add(key);
      places.add(produce(record, random.nextInt(partitions), key));
    }
    for (int i = 0; i < records.size(); i++) {
      sent.add(new Sent(records.get(i), keys.get(i), places.get(i).get()));
    }
  }

  private Future<RecordMetadata> produce(StreamRecord record, int partition, String key) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            stream,
            partition,
            record.timestamp(),
            key == null ? null : key.getBytes(UTF_8),
            record.value());
    if (record.words()) {
      message.headers().add("format", "words".getBytes(UTF_8));
    }
    return producer.send(message);
  }

  /** Waits until every window's last message says what the reference does of all that was sent. */
  private SortedMap<String, JsonNode> awaitResults() throws IOException {
    SortedMap<String, JsonNode> expected =
        ReferenceMonitor.summaries(sent.stream().map(Sent::record).toList(), WINDOW, Course.JSON);
    SortedMap<String, JsonNode> last = new TreeMap<>();
    for (Map.Entry<String, byte[]> message :
        PublishedResults.awaitAll(broker.bootstrapServers(), results, expected, PATIENCE, hasEnded)
            .entrySet()) {
      last.put(message.getKey(), new ObjectMapper().readTree(message.getValue()));
    }
    return last;
  }

  /** Waits until every malformed record of the reference stands in the topic, and no other. */
  private void awaitRejected() {
    List<Rejected> expected = new ArrayList<>();
    ReferenceParser parser = new ReferenceParser(ReferenceDetector.of(Course.JSON));
    for (Sent s : sent) {
      Parsed parsed = parser.parse(s.record().value(), s.record().format());
      for (Parsed.Malformed malformed : parsed.malformed()) {
        expected.add(
            new Rejected(
                malformed.bytes(),
                s.key(),
                stream,
                s.place().partition(),
                s.place().offset(),
                malformed.index()));
      }
    }
    assertThat("the test sent malformed records", expected, is(not(empty())));
    Comparator<Rejected> byPlace =
        Comparator.comparing(Rejected::partition)
            .thenComparing(Rejected::offset)
            .thenComparing(Rejected::index);
    expected.sort(byPlace);
    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), rejected)) {
      await().atMost(PATIENCE).until(() -> tail.read().size() >= expected.size());
      List<Rejected> found = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : tail.read()) {
        assertThat(header(record, "reason"), is(not("")));
        found.add(
            new Rejected(
                new String(record.value(), ISO_8859_1),
                record.key() == null ? null : new String(record.key(), UTF_8),
                header(record, "topic"),
                Integer.parseInt(header(record, "partition")),
                Long.parseLong(header(record, "offset")),
                Integer.parseInt(header(record, "index"))));
      }
      found.sort(byPlace);
      assertThat(found.size(), is(expected.size()));
      for (int i = 0; i < expected.size(); i++) {
        assertThat("as rejected", found.get(i).equals(expected.get(i)), is(true));
      }
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    assertThat("header " + name, header, is(notNullValue()));
    return new String(header.value(), UTF_8);
  }

  private void createTopic(String name, int partitions, Map<String, String> config)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config)))
          .all()
          .get();
      NewTopics.awaitLeaders(admin, name, partitions);
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** A hit every 50 ms, an orbit each. */
  private static List<StreamRecord> hits(long from, long to) {
    List<StreamRecord> hits = new ArrayList<>();
    for (long timestamp = from; timestamp < to; timestamp += 50) {
      String text = "2,1,70," + timestamp % 1_000_000_000 + ",100,7";
      hits.add(new StreamRecord(text.getBytes(UTF_8), false, timestamp));
    }
    return hits;
  }

  private static byte[] hit(String extra) {
    return ("{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":70,\"ORBIT_CNT\":616953,\"extra\":"
            + extra
            + ",\"BX_COUNTER\":100,\"TDC_MEAS\":7}")
        .getBytes(UTF_8);
  }
}
