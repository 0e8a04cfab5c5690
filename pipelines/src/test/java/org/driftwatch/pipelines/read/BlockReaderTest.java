package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.clock.PartitionTime;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class BlockReaderTest {
  private final FakeRecords records = new FakeRecords();
  private final SharedClock shared =
      new SharedClock(
          new StreamTiming(
              0, Duration.standardSeconds(1), Duration.millis(1000), Duration.standardMinutes(1)));
  private final BlockSource source =
      new BlockSource(
          KafkaIO.<byte[], byte[]>read()
              .withBootstrapServers("127.0.0.1:1")
              .withKeyDeserializer(ByteArrayDeserializer.class)
              .withValueDeserializer(ByteArrayDeserializer.class),
          shared,
          "stream",
          Map.of(0, 0L),
          true);
  private final BlockReader reader = new BlockReader(source, records, false);

  @Test
  void aBlockIsWhatWasThereToBeRead() throws IOException {
    records.add(2000).add(1000).add(3000);

    assertThat(reader.start(), is(true));
    RecordBlock block = reader.getCurrent();

    assertThat(block.topic(), is("stream"));
    assertThat(block.size(), is(3));
    assertThat(block.offset(2), is(2L));
    assertThat(block.timestamp(1), is(1000L));
    assertThat(block.key(0), is(nullValue()));
    assertThat(reader.getCurrentTimestamp(), is(Instant.ofEpochMilli(1000)));
    assertThat(reader.advance(), is(false));
    assertThrows(NoSuchElementException.class, reader::getCurrent);
    assertThrows(NoSuchElementException.class, reader::getCurrentTimestamp);

    records.add(4000);
    assertThat(reader.advance(), is(true));
    assertThat(reader.getCurrent().size(), is(1));
    assertThat(reader.getCurrent().offset(0), is(3L));
  }

  @Test
  void theRecordsOfARunAreReadAsIfEachCameAlone() throws IOException {
    records.add(2000);
    records.addRun(
        List.of(
            FakeRecords.record(0, 1, 1000, new byte[] {1}, null),
            FakeRecords.record(0, 2, 900, null, "words"),
            FakeRecords.record(0, 3, 1100, new byte[] {3, 3}, null)));

    reader.start();
    RecordBlock block = reader.getCurrent();

    assertThat(block.size(), is(4));
    assertThat(block.offset(1), is(1L));
    assertThat(block.value(1), is(new byte[] {1}));
    assertThat(block.timestamp(2), is(900L));
    assertThat(block.value(2), is(nullValue()));
    assertThat(block.format(2), is(ValueFormat.BLOCK));
    assertThat(block.value(3), is(new byte[] {3, 3}));
    assertThat(reader.getCurrentTimestamp(), is(Instant.ofEpochMilli(900)));
    KafkaCheckpointMark mark = (KafkaCheckpointMark) reader.getCheckpointMark();
    assertThat(mark.getPartitions().get(0).getNextOffset(), is(4L));
  }

  @Test
  void aBlockIsAsEarlyAsWhatIsFarAheadOfItsOwnPartitionOnly() throws IOException {
    PartitionTime behind = shared.clock().reads(0);
    for (int i = 0; i < 64; i++) {
      behind.read(i, 1000);
    }
    behind.time();
    records.add(1, 3_600_000, new byte[1], null).add(0, 1_200_000, new byte[1], null);

    reader.start();

    assertThat(reader.getCurrent().size(), is(2));
    assertThat(reader.getCurrentTimestamp(), is(Instant.ofEpochMilli(1_200_000)));
  }

  @Test
  void theFormatHeaderMarksABlockOfWords() throws IOException {
    records
        .add(1, new byte[8], "words")
        .add(2, new byte[8], "WORDS")
        .add(3, new byte[8], null)
        .add(4, null, "words");

    reader.start();

    assertThat(reader.getCurrent().format(0), is(ValueFormat.BLOCK));
    assertThat(reader.getCurrent().format(1), is(ValueFormat.UNMARKED));
    assertThat(reader.getCurrent().format(2), is(ValueFormat.UNMARKED));
    assertThat(reader.getCurrent().format(3), is(ValueFormat.BLOCK));
    assertThat(reader.getCurrent().value(3), is(nullValue()));
  }

  @Test
  void aBlockCarriesTheWatermarkOfBeforeItWasRead() throws IOException {
    records.letWatermarkFollow();
    records.add(1000).add(2000);
    reader.start();
    assertThat(reader.getCurrent().watermark(), is(Long.MIN_VALUE));

    records.add(3000);
    reader.advance();
    assertThat(reader.getCurrent().watermark(), is(2000L));
    assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(3000)));
  }

  @Test
  void theWatermarkNeverGoesBack() throws IOException {
    records.add(1);
    records.watermark(5000);
    reader.start();
    assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(5000)));
    records.watermark(4000);
    assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(5000)));
  }

  @Test
  void aBlockHasItsLargestSize() throws IOException {
    for (int i = 0; i < BlockReader.MAX_RECORDS + 1; i++) {
      records.add(1);
    }

    reader.start();
    assertThat(reader.getCurrent().size(), is(BlockReader.MAX_RECORDS));
    assertThat(reader.advance(), is(true));
    assertThat(reader.getCurrent().size(), is(1));
  }

  @Test
  void aBlockHasItsLargestNumberOfBytesAndALargerRecordIsABlockOfItsOwn() throws IOException {
    records.add(1, new byte[10 << 20], null).add(1, new byte[600_000], null);
    records.add(1, new byte[600_000], null).add(1);

    reader.start();
    assertThat(reader.getCurrent().size(), is(1));
    reader.advance();
    assertThat(reader.getCurrent().size(), is(2));
    reader.advance();
    assertThat(reader.getCurrent().size(), is(1));
  }

  @Test
  void aBacklogIsReadNoFurtherThanTheRunnerKnowsOf() throws IOException {
    records.letWatermarkFollow();
    for (long timestamp = 0; timestamp <= 1_000_000; timestamp += 1000) {
      records.add(timestamp);
    }
    long read = 0;
    long told = Long.MAX_VALUE;
    boolean more = reader.start();
    while (read < 1001) {
      if (more) {
        RecordBlock block = reader.getCurrent();
        read += block.size();
        long span = block.timestamp(block.size() - 1) - block.timestamp(0);
        assertThat(span, is(lessThanOrEqualTo(BlockReader.MAX_SPAN_MILLIS + 1000)));
        assertThat(block.watermark(), is(lessThanOrEqualTo(told)));
      } else {
        told = reader.getWatermark().getMillis() + BlockReader.MAX_SPAN_MILLIS;
      }
      more = reader.advance();
    }
  }

  @Test
  void recordsOfPartitionsFarApartShareABlockWhileTheEarlierHoldsTheWatermark() throws IOException {
    records.watermark(1000);
    records.add(1000);
    reader.start();
    for (int i = 0; i < 100; i++) {
      records.add(1000 + i).add(1_000_000 + i);
    }

    assertThat(reader.advance(), is(true));
    assertThat(reader.getCurrent().size(), is(200));
  }

  @Test
  void aTimestampOfNoWindowDoesNotStopTheReading() throws IOException {
    records.add(-1).add(Long.MAX_VALUE).add(5);

    reader.start();
    int read = reader.getCurrent().size();
    assertThat(reader.getCurrentTimestamp(), is(Instant.EPOCH));
    while (reader.advance()) {
      read += reader.getCurrent().size();
    }

    assertThat(read, is(3));
  }

  @Test
  void aClosedReaderIsParkedAndTakenUpWhereItStood() throws IOException {
    records.add(1).add(2);
    reader.start();
    KafkaCheckpointMark mark = records.getCheckpointMark();

    reader.close();

    assertThat(records.closed, is(false));
    assertThat(ParkedReaders.take(source.id(), mark), is(sameInstance(records)));
    BlockReader resumed = new BlockReader(source, records, true);
    records.add(3);
    assertThat(resumed.start(), is(true));
    assertThat(resumed.getCurrent().offset(0), is(2L));
  }

  @Test
  void aReaderThatNeverStartedIsClosed() throws IOException {
    reader.close();

    assertThat(records.closed, is(true));
    assertThat(ParkedReaders.take(source.id(), FakeRecords.mark(0)), is(nullValue()));
  }
}
