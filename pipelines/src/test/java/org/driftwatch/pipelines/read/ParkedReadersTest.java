package org.driftwatch.pipelines.read;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ParkedReadersTest {
  private final String source = UUID.randomUUID().toString();

  @Test
  void aReaderIsHandedBackOnceAtItsPosition() {
    FakeRecords reader = readerAt(2);
    ParkedReaders.park(source, reader);

    assertThat(ParkedReaders.take(source, FakeRecords.mark(2)), is(sameInstance(reader)));
    assertThat(reader.closed, is(false));
    assertThat(ParkedReaders.take(source, FakeRecords.mark(2)), is(nullValue()));
  }

  @Test
  void atAnyOtherPositionItIsClosed() {
    for (KafkaCheckpointMark other :
        List.of(
            FakeRecords.mark(1),
            FakeRecords.mark(3),
            new KafkaCheckpointMark(List.of(), Optional.empty()),
            new KafkaCheckpointMark(
                List.of(new KafkaCheckpointMark.PartitionMark("stream", 1, 2, 0)),
                Optional.empty()))) {
      FakeRecords reader = readerAt(2);
      ParkedReaders.park(source, reader);

      assertThat(ParkedReaders.take(source, other), is(nullValue()));
      await().until(() -> reader.closed);
    }
  }

  @Test
  void anotherSourceDoesNotGetIt() {
    FakeRecords reader = readerAt(2);
    ParkedReaders.park(source, reader);

    assertThat(ParkedReaders.take("another", FakeRecords.mark(2)), is(nullValue()));
    assertThat(reader.closed, is(false));
    assertThat(ParkedReaders.take(source, FakeRecords.mark(2)), is(sameInstance(reader)));
  }

  @Test
  void oneParkedBeforeIsClosed() {
    FakeRecords first = readerAt(2);
    FakeRecords second = readerAt(2);
    ParkedReaders.park(source, first);
    ParkedReaders.park(source, second);

    await().until(() -> first.closed);
    assertThat(ParkedReaders.take(source, FakeRecords.mark(2)), is(sameInstance(second)));
  }

  @Test
  @Timeout(60)
  void nobodyWaitsForOneThatDoesNotClose() {
    FakeRecords reader = readerAt(2);
    reader.mayClose = new CountDownLatch(1);
    ParkedReaders.park(source, reader);

    assertThat(ParkedReaders.take(source, FakeRecords.mark(1)), is(nullValue()));
    assertThat(reader.closed, is(false));
    reader.mayClose.countDown();
    await().until(() -> reader.closed);
  }

  private static FakeRecords readerAt(int offset) {
    FakeRecords reader = new FakeRecords();
    for (int i = 0; i < offset; i++) {
      reader.add(i);
      reader.advance();
    }
    return reader;
  }
}
