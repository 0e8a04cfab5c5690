package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class StreamClockPolicyTest {
  private static final long OLD = Instant.parse("2020-01-01T00:00:00.000Z").getMillis();
  private static final Duration DELAY = Duration.millis(1000);

  private final SharedClock shared =
      new SharedClock(
          new StreamTiming(0, Duration.standardSeconds(1), DELAY, Duration.standardMinutes(1)));
  private final StreamClockPolicy.Factory factory = new StreamClockPolicy.Factory(shared);

  @Test
  void theWatermarkIsTheStreamsTimeLessTheDelay() {
    TimestampPolicy<byte[], byte[]> policy = policy(Optional.empty());
    assertThat(policy.getWatermark(CONTEXT), is(BoundedWindow.TIMESTAMP_MIN_VALUE));

    for (int i = 0; i < 10_000; i++) {
      read(policy, OLD);
    }

    assertThat(policy.getWatermark(CONTEXT), is(Instant.ofEpochMilli(OLD).minus(DELAY)));
  }

  @Test
  void aResumedPartitionGoesOnFromItsWatermark() {
    assertThat(
        policy(Optional.of(Instant.ofEpochMilli(OLD))).getWatermark(CONTEXT),
        is(Instant.ofEpochMilli(OLD)));
    assertThat(
        policy(Optional.of(BoundedWindow.TIMESTAMP_MIN_VALUE)).getWatermark(CONTEXT),
        is(BoundedWindow.TIMESTAMP_MIN_VALUE));
  }

  @Test
  void aTimestampOfNoWindowDoesNotMoveTheClock() {
    TimestampPolicy<byte[], byte[]> policy = policy(Optional.of(Instant.ofEpochMilli(OLD)));

    assertThat(read(policy, Long.MAX_VALUE), is(Instant.ofEpochMilli(EventTime.MAX_MILLIS)));
    assertThat(read(policy, -7), is(Instant.EPOCH));
    assertThat(policy.getWatermark(CONTEXT), is(Instant.ofEpochMilli(OLD)));
  }

  @Test
  void allReadersOfAStreamInOneProcessShareItsClock() {
    SharedClock copy = SerializableUtils.clone(shared);

    assertThat(copy.clock(), is(sameInstance(shared.clock())));
    assertThat(copy.farAhead(), is(sameInstance(shared.farAhead())));
    copy.mustStartAgain("the topic is gone");
    assertThat(shared.whyStartAgain(), is(Optional.of("the topic is gone")));
  }

  @Test
  void anotherStreamHasAClockOfItsOwn() {
    assertThat(new SharedClock(shared.timing()).clock() == shared.clock(), is(false));
  }

  private TimestampPolicy<byte[], byte[]> policy(Optional<Instant> previous) {
    return factory.createTimestampPolicy(new TopicPartition("stream", 0), previous);
  }

  private static Instant read(TimestampPolicy<byte[], byte[]> policy, long timestamp) {
    return policy.getTimestampForRecord(
        CONTEXT,
        FakeRecords.asKafkaIo(
            RecordRun.asOne(List.of(FakeRecords.record(0, 0, timestamp, new byte[1], null)))));
  }

  /** Not asked: what the consumers see is told to the clock. */
  private static final TimestampPolicy.PartitionContext CONTEXT =
      new TimestampPolicy.PartitionContext() {
        @Override
        public long getMessageBacklog() {
          throw new AssertionError("asked for the backlog");
        }

        @Override
        public Instant getBacklogCheckTime() {
          throw new AssertionError("asked for the time of the backlog");
        }
      };
}
