package org.driftwatch.pipelines.restart;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartAgainTest {
  private static final TopicPartition PARTITION = new TopicPartition("stream", 1);

  @AfterEach
  void nobodyKnows() {
    StartAgain.causedBy(Optional::empty);
  }

  /** As a runner hands them on. */
  private static Optional<String> reason(Exception failure) {
    return StartAgain.reason(new IllegalStateException("a bundle", new RuntimeException(failure)));
  }

  @Test
  void recordsThatWereDeletedUnreadAskForANewStart() {
    assertThat(
        reason(new OffsetOutOfRangeException("offset 5", Map.of(PARTITION, 5L))),
        is(Optional.of("Records were deleted before they were read (offset 5)")));
    assertThat(reason(new NoOffsetForPartitionException(PARTITION)).isPresent(), is(true));
  }

  @Test
  void aTopicThatIsGoneAsksForANewStart() {
    assertThat(
        reason(new UnknownTopicOrPartitionException("no stream")),
        is(Optional.of("A topic was deleted (no stream)")));
  }

  @Test
  void whoeverKnowsMoreIsBelieved() {
    StartAgain.causedBy(() -> Optional.of("Topic stream was made anew"));
    assertThat(
        reason(new UnknownTopicOrPartitionException("no stream")),
        is(Optional.of("Topic stream was made anew")));
  }

  @Test
  void anyOtherFailureEndsTheMonitorForGood() {
    assertThat(reason(new TimeoutException("no broker")), is(Optional.empty()));
    assertThat(reason(new NullPointerException()), is(Optional.empty()));
  }
}
