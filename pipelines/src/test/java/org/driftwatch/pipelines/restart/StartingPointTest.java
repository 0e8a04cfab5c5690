package org.driftwatch.pipelines.restart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.RandomSummaries;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.kafka.NewTopics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingPointTest {
  private static final long WINDOW = 2_000;
  private static final long DELAY = 1_000;
  private static final long LATENESS = 10_000;
  private static final long START = 1_700_000_000_000L;
  private static final long NOW = START + 100_000;
  private static final long DAY = 86_400_000;

  @TempDir static Path data;
  private static EmbeddedBroker broker;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;
  private static int topics;

  private String topic;
  private StartingPoint.Finder finder;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(data, 0);
    admin = admin(broker);
    producer = producer(broker);
  }

  private static Admin admin(EmbeddedBroker of) {
    return Admin.create(Map.of("bootstrap.servers", (Object) of.bootstrapServers()));
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker of) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", of.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    admin.close();
    broker.close();
  }

  @BeforeEach
  void makeTopic() throws Exception {
    topic = "topic-" + topics++;
    admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty()))).all().get();
    NewTopics.awaitLeaders(admin, topic, 2);
    finder =
        new StartingPoint.Finder(
            admin,
            clients(),
            topic,
            WINDOW,
            DELAY,
            Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }

  @Test
  void earliestIsEverythingThatIsThere() throws Exception {
    send(0, START, START + 1);

    assertThat(finder.earliest(), is(new StartingPoint(Map.of(0, 0L, 1, 0L), 0, 0)));
  }

  @Test
  void latestLeavesTheWindowAloneThatRecordsHaveBeenSentForAlready() throws Exception {
    send(0, START + 100, START + 200);
    send(1, START + 2_500, START);

    assertThat(finder.latest(), is(new StartingPoint(Map.of(0, 2L, 1, 2L), START + 2 * WINDOW, 0)));
  }

  @Test
  void latestOfAnEmptyStreamIsItsBeginning() throws Exception {
    assertThat(finder.latest(), is(new StartingPoint(Map.of(0, 0L, 1, 0L), 0, 0)));
  }

  @Test
  void latestIsNowThoughARecordIsStampedAheadOfTheClock() throws Exception {
    send(0, NOW - 100, NOW + DAY);

    assertThat(finder.latest(), is(new StartingPoint(Map.of(0, 2L, 1, 0L), NOW + WINDOW, 0)));
  }

  @Test
  void aTimeBeginsWithTheWindowThatHoldsItAtTheFirstRecordOfThatOrLater() throws Exception {
    // Out of order: behind the first of the window may stand records of earlier ones.
    send(0, START, START + 2_100, START + 1_900, START + 2_000);
    send(1, START, START + 1_000);

    assertThat(
        finder.at(START + 3_999), is(new StartingPoint(Map.of(0, 1L, 1, 2L), START + WINDOW, 0)));
  }

  @Test
  void aRunGoesBackBehindThePublishedByDelayAndLateness() throws Exception {
    send(0, LongStream.range(0, 50).map(i -> START + i * 1_000).toArray());

    StartingPoint point = finder.behind(START + 40_000, LATENESS);

    // 40 s less 1 s less 10 s is 29 s: the window from 28 s on.
    assertThat(point, is(new StartingPoint(Map.of(0, 28L, 1, 0L), START + 28_000, 0)));
  }

  @Test
  void windowsWhoseRecordsHaveBeenDeletedAreNamed() throws Exception {
    send(0, LongStream.range(0, 50).map(i -> START + i * 1_000).toArray());
    send(1, LongStream.range(0, 50).map(i -> START + i * 1_000).toArray());
    delete(0, 10);
    delete(1, 21);

    // The first left is of 21 s; what stood before it may be of up to 22 s.
    assertThat(finder.earliest().incompleteBefore(), is(START + 24_000));
    assertThat(finder.at(START + 15_000).incompleteBefore(), is(START + 24_000));
    assertThat(finder.at(START + 30_000).incompleteBefore(), is(0L));
  }

  @Test
  void ofAPartitionThatHasNothingLeftEveryWindowUntilNowMayLackRecords() throws Exception {
    send(0, START, START + 1_000);
    send(1, START, START + 1_000);
    delete(1, 2);

    assertThat(
        finder.behind(START + 20_000, LATENESS),
        is(new StartingPoint(Map.of(0, 2L, 1, 2L), START + 20_000, NOW + WINDOW)));
  }

  @Test
  void aRecordAheadOfTheClockMarksNothingBeyondNow() throws Exception {
    send(0, START, NOW + DAY);
    delete(0, 1);

    assertThat(finder.earliest().incompleteBefore(), is(NOW + WINDOW));
  }

  @Test
  void wrongClocksAmongTheOldestRecordsMarkNothingMoreAndNothingLess() throws Exception {
    for (LongStream wrong :
        List.of(
            LongStream.of(NOW + DAY),
            LongStream.of(START - 600_000),
            LongStream.of(1),
            // All that is looked at first, as where every clock was ahead for a while.
            LongStream.range(0, 300).map(i -> NOW + DAY + i))) {
      makeTopic();
      send(0, LongStream.range(0, 20).map(i -> START + i * 1_000).toArray());
      send(0, wrong.toArray());
      send(0, LongStream.range(20, 50).map(i -> START + i * 1_000).toArray());
      delete(0, 20);

      assertThat(finder.at(START + 15_000).incompleteBefore(), is(START + 22_000));
      assertThat(finder.at(START + 30_000).incompleteBefore(), is(0L));
    }
  }

  @Test
  void publishedWindowsAreNeverReplacedByWhatIsLeftOfThem() throws Exception {
    send(0, LongStream.range(0, 50).map(i -> START + i * 1_000).toArray());
    delete(0, 35);

    StartingPoint within = finder.behind(START + 40_000, LATENESS);
    StartingPoint beyond = finder.behind(START + 30_000, LATENESS);

    assertThat(
        within, is(new StartingPoint(Map.of(0, 35L, 1, 0L), START + 38_000, START + 38_000)));
    assertThat(
        beyond, is(new StartingPoint(Map.of(0, 35L, 1, 0L), START + 30_000, START + 38_000)));
  }

  @Test
  void theLatestPublishedWindowIsFoundWhereverItStands() throws Exception {
    RandomSummaries random = new RandomSummaries(new java.util.Random(1));
    publish(summary(random, START + 4_000));
    publish(summary(random, START + 8_000));
    publish(summary(random, START + 2_000));
    producer.send(new ProducerRecord<>(topic, 1, "zzz".getBytes(UTF_8), new byte[] {1})).get();
    producer.send(new ProducerRecord<>(topic, 1, null, new byte[0])).get();

    assertThat(latestPublished(), is(Optional.of(START + 8_000)));
  }

  @Test
  void theLatestPublishedWindowIsFoundBehindRunsThatAllEndedEarly() throws Exception {
    RandomSummaries random = new RandomSummaries(new java.util.Random(2));
    publish(summary(random, START));
    publish(summary(random, START + 60_000));
    WindowSummary[] again = new WindowSummary[5];
    for (int i = 0; i < again.length; i++) {
      again[i] = summary(random, START + 48_000 + i * WINDOW);
    }
    for (int run = 0; run < 300; run++) {
      publishAll(again);
    }

    assertThat(latestPublished(), is(Optional.of(START + 60_000)));
  }

  @Test
  void ofALongTopicTheEndIsReadAndNotTheBeginning() throws Exception {
    RandomSummaries random = new RandomSummaries(new java.util.Random(3));
    // What nobody can have published there tells whether the beginning was read.
    publish(summary(random, START));
    WindowSummary[] hours = new WindowSummary[600];
    for (int hour = 0; hour < hours.length; hour++) {
      hours[hour] = summary(random, START - (hours.length - hour) * 3_600_000L);
    }
    publishAll(hours);

    assertThat(latestPublished(), is(Optional.of(START - 3_600_000L)));
  }

  @Test
  void windowsAheadOfTheClockDoNotMoveTheStartingPoint() throws Exception {
    RandomSummaries random = new RandomSummaries(new java.util.Random(4));
    publish(summary(random, START));
    publish(summary(random, START + 4_000));
    WindowSummary[] ahead = new WindowSummary[1200];
    for (int i = 0; i < ahead.length; i++) {
      ahead[i] = summary(random, NOW + DAY + i * 3_600_000L);
    }
    publishAll(ahead);
    publish(summary(random, START + 2_000));
    send(0, LongStream.range(0, 20).map(i -> START + i * 1_000).toArray());

    PublishedWindows.End end = end();
    StartingPoint point =
        Beginning.find(
            finder,
            new PublishedWindows(clients(), topic),
            LATENESS,
            FirstStart.parse("2024-01-01T00:00:00Z"));

    assertThat(
        end.latest().map(span -> span.start().toEpochMilli()), is(Optional.of(START + 4_000)));
    assertThat(end.ahead(), is(1200));
    assertThat(end.latestAhead(), is(ahead[1199].window()));
    assertThat(point.firstWindow(), is(START + 6_000 - DELAY - LATENESS - 1_000));
  }

  @Test
  void whereAllWindowsAreAheadOfTheClockItIsAFirstStart() throws Exception {
    publish(summary(new RandomSummaries(new java.util.Random(5)), NOW + DAY));

    StartingPoint point =
        Beginning.find(
            finder, new PublishedWindows(clients(), topic), LATENESS, FirstStart.parse("earliest"));

    assertThat(end().ahead(), is(1));
    assertThat(point, is(new StartingPoint(Map.of(0, 0L, 1, 0L), 0, 0)));
  }

  @Test
  void aWindowWhoseKeyWasDeletedCountsAsNotPublishedUnlessItIsPublishedAgain() throws Exception {
    RandomSummaries random = new RandomSummaries(new java.util.Random(6));
    WindowSummary first = summary(random, START);
    WindowSummary second = summary(random, START + WINDOW);
    WindowSummary[] deleted = new WindowSummary[700];
    for (int i = 0; i < deleted.length; i++) {
      deleted[i] = summary(random, START + 4_000 + i * 10L);
    }
    publishAll(first, second);
    publishAll(deleted);
    for (WindowSummary summary : deleted) {
      deleteKey(summary);
    }
    deleteKey(second);
    publish(second);

    // They lie in several chunks of what is read, the values before their deletions.
    assertThat(latestPublished(), is(Optional.of(START + WINDOW)));
  }

  @Test
  void aBrokerThatGoesAwayWhileTheEndIsReadIsWaitedForNoLongerThanTenSeconds() throws Exception {
    Path folder = data.resolve("second");
    EmbeddedBroker second = EmbeddedBroker.start(folder, 0);
    try (KafkaProducer<byte[], byte[]> sender = producer(second);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                new KafkaClients(KafkaAccess.at(second.bootstrapServers())).consumer(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      try (Admin here = admin(second)) {
        here.createTopics(List.of(new NewTopic("end", 1, (short) 1))).all().get();
        NewTopics.awaitLeaders(here, "end", 1);
      }
      for (int i = 0; i < 3; i++) {
        sender.send(new ProducerRecord<>("end", new byte[] {1})).get();
      }
      PartitionEnd.Reader<byte[], byte[]> goesOn =
          new PartitionEnd.Reader<>() {
            @Override
            public void add(ConsumerRecord<byte[], byte[]> record) {}

            @Override
            public boolean hasEnough() {
              second.close();
              return false;
            }
          };

      TimeoutException e =
          assertThrows(
              TimeoutException.class,
              () ->
                  assertTimeoutPreemptively(
                      Duration.ofSeconds(30),
                      () -> PartitionEnd.read(consumer, new TopicPartition("end", 0), 1, goesOn)));

      assertThat(e.getMessage(), is("it sent nothing of end-0 for 10 s, at offset 0 of 2"));
    } finally {
      second.close();
    }
  }

  private PublishedWindows.End end() {
    return new PublishedWindows(clients(), topic).end(finder.goesBackMillis(LATENESS), NOW);
  }

  private Optional<Long> latestPublished() {
    return end().latest().map(span -> span.start().toEpochMilli());
  }

  @Test
  void whereNothingIsPublishedThereIsNoLatestWindow() {
    assertThat(latestPublished(), is(Optional.empty()));
  }

  private static KafkaClients clients() {
    return new KafkaClients(KafkaAccess.at(broker.bootstrapServers()));
  }

  private static WindowSummary summary(RandomSummaries random, long start) {
    WindowSummary any = random.next();
    WindowSummary.Span span =
        new WindowSummary.Span(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + WINDOW));
    return new WindowSummary(
        new WindowSummary.Head(Optional.of(span), 0, false, List.of()),
        any.totImport(),
        any.malformed(),
        any.hits(),
        any.scintillatorHits(),
        any.otherHits(),
        any.orbits(),
        any.scintillatorOrbits(),
        any.chambers());
  }

  private void publish(WindowSummary summary) throws Exception {
    publishAll(summary);
  }

  private void publishAll(WindowSummary... summaries) throws Exception {
    List<Future<RecordMetadata>> places = new ArrayList<>();
    for (WindowSummary summary : summaries) {
      byte[] key = SummaryJson.key(summary.window().get().start()).getBytes(UTF_8);
      places.add(producer.send(new ProducerRecord<>(topic, 0, key, SummaryJson.write(summary))));
    }
    for (Future<RecordMetadata> place : places) {
      place.get();
    }
  }

  private void deleteKey(WindowSummary summary) throws Exception {
    byte[] key = SummaryJson.key(summary.window().get().start()).getBytes(UTF_8);
    producer.send(new ProducerRecord<>(topic, 0, key, null)).get();
  }

  private void send(int partition, long... timestamps) throws Exception {
    for (long timestamp : timestamps) {
      producer.send(new ProducerRecord<>(topic, partition, timestamp, null, new byte[1])).get();
    }
  }

  private void delete(int partition, long before) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }
}
