package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class StreamClockPolicyTest {
  /** An old recording: nothing of it is near today's clock. */
  private static final long OLD = Instant.parse("2020-01-01T00:00:00.000Z").getMillis();

  private static final long DELAY = 1000;
  private static final long FIRST_WINDOW = OLD - 3_600_000;

  private final StreamClockPolicy.Factory factory =
      new StreamClockPolicy.Factory(Duration.millis(DELAY), FIRST_WINDOW);

  @Test
  void theWatermarkIsTheLargestTimestampLessTheDelayOnceTheFirstRecordsWereLookedAt() {
    TimestampPolicy<byte[], byte[]> policy = policy(0);
    read(policy, OLD);
    assertThat(policy.getWatermark(unread(1)), is(BoundedWindow.TIMESTAMP_MIN_VALUE));

    read(policy, OLD, 10_000);
    read(policy, OLD + 700);
    read(policy, OLD + 600);

    assertThat(policy.getWatermark(unread(1)), is(Instant.ofEpochMilli(OLD + 700 - DELAY)));
  }

  @Test
  void recordsOfFinalWindowsDoNotMoveTheWatermark() {
    TimestampPolicy<byte[], byte[]> policy = policy(0);
    read(policy, OLD, 5_000);
    read(policy, FIRST_WINDOW - 1);
    read(policy, OLD + 700, 5_001);

    assertThat(policy.getWatermark(unread(1)), is(Instant.ofEpochMilli(OLD + 700 - DELAY)));
  }

  @Test
  void anEmptyBacklogDoesNotThrowAReplayToToday() {
    TimestampPolicy<byte[], byte[]> policy = policy(0);
    read(policy, OLD, 10_001);

    Instant watermark = policy.getWatermark(nothingUnread(0));

    assertThat(watermark.getMillis(), is(allOf(greaterThanOrEqualTo(OLD - DELAY), lessThan(OLD))));
  }

  @Test
  void inSilenceTheWatermarkRunsOnWithTheWallClock() {
    TimestampPolicy<byte[], byte[]> policy = policy(0);
    read(policy, OLD, 10_001);

    policy.getWatermark(nothingUnread(4_000));
    long watermark = policy.getWatermark(nothingUnread(8_000)).getMillis();

    assertThat(
        watermark,
        is(allOf(greaterThanOrEqualTo(OLD + 8_000 - DELAY), lessThan(OLD + 13_000 - DELAY))));
  }

  @Test
  void aPartitionWithUnreadRecordsHoldsTheWatermarkBack() {
    TimestampPolicy<byte[], byte[]> ahead = policy(0);
    TimestampPolicy<byte[], byte[]> behind = policy(1);
    read(ahead, OLD + 20_000, 10_001);
    read(behind, OLD, 10_001);
    ahead.getWatermark(unread(5));

    assertThat(behind.getWatermark(unread(5)), is(Instant.ofEpochMilli(OLD - DELAY)));
  }

  @Test
  void aPartitionThatNeverHadARecordFollowsTheOthers() {
    TimestampPolicy<byte[], byte[]> busy = policy(0);
    TimestampPolicy<byte[], byte[]> empty = policy(1);
    assertThat(empty.getWatermark(nothingUnread(0)), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
    read(busy, OLD, 10_001);
    busy.getWatermark(unread(1));

    assertThat(empty.getWatermark(nothingUnread(0)), is(Instant.ofEpochMilli(OLD - DELAY)));
  }

  @Test
  void aSilentPartitionFollowsTheOthers() {
    TimestampPolicy<byte[], byte[]> busy = policy(0);
    TimestampPolicy<byte[], byte[]> silent = policy(1);
    read(silent, OLD, 10_001);
    read(busy, OLD + 50_000, 10_001);
    busy.getWatermark(unread(1));

    assertThat(
        "short of two seconds it holds back",
        silent.getWatermark(nothingUnread(1_000)).getMillis(),
        is(lessThan(OLD + 10_000)));
    assertThat(
        silent.getWatermark(nothingUnread(3_000)), is(Instant.ofEpochMilli(OLD + 50_000 - DELAY)));
  }

  @Test
  void whileTheBrokerIsAwayTheWatermarkWaitsForItsProducers() {
    TimestampPolicy<byte[], byte[]> busy = policy(0);
    TimestampPolicy<byte[], byte[]> waiting = policy(1);
    read(waiting, OLD, 10_001);
    read(busy, OLD + 60_000, 10_001);
    busy.getWatermark(unread(1));

    assertThat(waiting.getWatermark(nothingUnread(60_000)).getMillis(), is(lessThan(OLD + 10_000)));
    assertThat(waiting.getWatermark(nothingUnread(64_000)).getMillis(), is(lessThan(OLD + 15_000)));
  }

  @Test
  void aPartitionFarAheadOfTheWallClockIsNotFollowedByOthers() {
    TimestampPolicy<byte[], byte[]> right = policy(0);
    TimestampPolicy<byte[], byte[]> ahead = policy(1);
    read(right, OLD, 10_001);
    read(ahead, System.currentTimeMillis() + 3_600_000, 100_001);
    ahead.getWatermark(nothingUnread(0));

    assertThat(right.getWatermark(nothingUnread(3_000)).getMillis(), is(lessThan(OLD + 10_000)));
  }

  @Test
  void aPartitionFarAheadOfTheWallClockIsFollowedWhereThereIsNoOther() {
    long timestamp = System.currentTimeMillis() + 3_600_000;
    TimestampPolicy<byte[], byte[]> empty = policy(0);
    TimestampPolicy<byte[], byte[]> ahead = policy(1);
    read(ahead, timestamp, 100_001);
    ahead.getWatermark(unread(1));

    assertThat(empty.getWatermark(nothingUnread(0)), is(Instant.ofEpochMilli(timestamp - DELAY)));
  }

  @Test
  void allReadersOfAStreamInOneProcessFollowTheFurthest() {
    StreamClockPolicy.Factory otherReader = SerializableUtils.clone(factory);
    TimestampPolicy<byte[], byte[]> empty =
        otherReader.createTimestampPolicy(new TopicPartition("stream", 1), Optional.empty());
    TimestampPolicy<byte[], byte[]> busy = policy(0);
    read(busy, OLD, 10_001);
    busy.getWatermark(unread(1));

    assertThat(empty.getWatermark(nothingUnread(0)), is(Instant.ofEpochMilli(OLD - DELAY)));
  }

  @Test
  void partitionsOfAnotherStreamAreNotFollowed() {
    TimestampPolicy<byte[], byte[]> elsewhere =
        new StreamClockPolicy.Factory(Duration.millis(DELAY), FIRST_WINDOW)
            .createTimestampPolicy(new TopicPartition("stream", 0), Optional.empty());
    read(elsewhere, OLD, 10_001);
    elsewhere.getWatermark(unread(1));

    assertThat(policy(1).getWatermark(nothingUnread(0)), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
  }

  @Test
  void aResumedPartitionGoesOnFromItsWatermark() {
    TimestampPolicy<byte[], byte[]> resumed =
        factory.createTimestampPolicy(
            new TopicPartition("stream", 0), Optional.of(Instant.ofEpochMilli(OLD)));

    assertThat(resumed.getWatermark(unread(1)), is(Instant.ofEpochMilli(OLD)));
    read(resumed, OLD - 5000);
    assertThat(resumed.getWatermark(unread(1)), is(Instant.ofEpochMilli(OLD)));

    TimestampPolicy<byte[], byte[]> fresh =
        factory.createTimestampPolicy(
            new TopicPartition("stream", 0), Optional.of(BoundedWindow.TIMESTAMP_MIN_VALUE));
    assertThat(fresh.getWatermark(unread(1)), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
  }

  @Test
  void aTimestampOfNoWindowDoesNotMoveTheClock() {
    TimestampPolicy<byte[], byte[]> policy = policy(0);
    read(policy, OLD, 10_001);

    assertThat(read(policy, Long.MAX_VALUE), is(Instant.ofEpochMilli(EventTime.MAX_MILLIS)));
    assertThat(read(policy, -7), is(Instant.EPOCH));
    assertThat(policy.getWatermark(unread(1)), is(Instant.ofEpochMilli(OLD - DELAY)));
  }

  @Test
  void theFactoryTravelsToExecutors() {
    StreamClockPolicy.Factory copy = SerializableUtils.ensureSerializable(factory);

    TimestampPolicy<byte[], byte[]> policy =
        copy.createTimestampPolicy(new TopicPartition("stream", 0), Optional.empty());
    read(policy, OLD, 10_001);
    assertThat(policy.getWatermark(unread(1)), is(Instant.ofEpochMilli(OLD - DELAY)));
  }

  private TimestampPolicy<byte[], byte[]> policy(int partition) {
    return factory.createTimestampPolicy(new TopicPartition("stream", partition), Optional.empty());
  }

  private static void read(TimestampPolicy<byte[], byte[]> policy, long timestamp, int times) {
    for (int i = 0; i < times; i++) {
      read(policy, timestamp);
    }
  }

  private static Instant read(TimestampPolicy<byte[], byte[]> policy, long timestamp) {
    return policy.getTimestampForRecord(
        unread(1),
        new KafkaRecord<>(
            "stream",
            0,
            0,
            timestamp,
            KafkaTimestampType.CREATE_TIME,
            null,
            KV.of(null, new byte[1])));
  }

  private static TimestampPolicy.PartitionContext unread(long messages) {
    return context(messages, System.currentTimeMillis());
  }

  /** Nothing unread, as seen so many ms from now. */
  private static TimestampPolicy.PartitionContext nothingUnread(long fromNow) {
    return context(0, System.currentTimeMillis() + fromNow);
  }

  private static TimestampPolicy.PartitionContext context(long backlog, long checked) {
    return new TimestampPolicy.PartitionContext() {
      @Override
      public long getMessageBacklog() {
        return backlog;
      }

      @Override
      public Instant getBacklogCheckTime() {
        return Instant.ofEpochMilli(checked);
      }
    };
  }
}
