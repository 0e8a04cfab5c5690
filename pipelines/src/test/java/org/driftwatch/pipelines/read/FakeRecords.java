package org.driftwatch.pipelines.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.joda.time.Instant;

/** A reader of records as KafkaIO's, without a broker: the test says what is there to be read. */
final class FakeRecords extends UnboundedReader<KafkaRecord<byte[], byte[]>> {
  private final List<KafkaRecord<byte[], byte[]>> records = new ArrayList<>();
  private long next;
  private int at = -1;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private boolean watermarkFollows;
  boolean started;
  volatile boolean closed;
  CountDownLatch mayClose = new CountDownLatch(0);

  /** More to read, of partition 0. */
  FakeRecords add(long timestamp, byte[] value, String format) {
    return add(0, timestamp, value, format);
  }

  /** More to read. */
  FakeRecords add(int partition, long timestamp, byte[] value, String format) {
    return addRun(List.of(record(partition, next, timestamp, value, format)));
  }

  /** More to read, as one. */
  FakeRecords addRun(List<ConsumerRecord<byte[], byte[]>> run) {
    records.add(asKafkaIo(RecordRun.asOne(run)));
    next += run.size();
    return this;
  }

  /** A record as Kafka's client gives it. */
  static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, long timestamp, byte[] value, String format) {
    Headers headers = new RecordHeaders();
    if (format != null) {
      headers.add("format", format.getBytes(US_ASCII));
    }
    return new ConsumerRecord<>(
        "stream",
        partition,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        value == null ? ConsumerRecord.NULL_SIZE : value.length,
        null,
        value,
        headers,
        Optional.empty());
  }

  /** What KafkaIO makes of a record. */
  static KafkaRecord<byte[], byte[]> asKafkaIo(ConsumerRecord<byte[], byte[]> record) {
    return new KafkaRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        KafkaTimestampType.CREATE_TIME,
        record.headers(),
        KV.of(record.key(), record.value()));
  }

  FakeRecords add(long timestamp) {
    return add(timestamp, new byte[1], null);
  }

  void watermark(long millis) {
    watermark = millis;
  }

  /** From now on the watermark is the timestamp of the record read last. */
  void letWatermarkFollow() {
    watermarkFollows = true;
  }

  @Override
  public boolean start() {
    started = true;
    return advance();
  }

  @Override
  public boolean advance() {
    if (at + 1 < records.size()) {
      at++;
      if (watermarkFollows) {
        watermark = getCurrent().getTimestamp();
      }
      return true;
    }
    return false;
  }

  @Override
  public KafkaRecord<byte[], byte[]> getCurrent() {
    if (at < 0) {
      throw new NoSuchElementException();
    }
    return records.get(at);
  }

  @Override
  public Instant getCurrentTimestamp() {
    return Instant.ofEpochMilli(getCurrent().getTimestamp());
  }

  @Override
  public Instant getWatermark() {
    return Instant.ofEpochMilli(watermark);
  }

  @Override
  public KafkaCheckpointMark getCheckpointMark() {
    return mark(at < 0 ? 0 : getCurrent().getOffset() + 1);
  }

  /** A mark that stands before the record of this offset. */
  static KafkaCheckpointMark mark(long nextOffset) {
    return new KafkaCheckpointMark(
        List.of(new KafkaCheckpointMark.PartitionMark("stream", 0, nextOffset, 0)),
        Optional.empty());
  }

  @Override
  public UnboundedSource<KafkaRecord<byte[], byte[]>, ?> getCurrentSource() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    try {
      mayClose.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    closed = true;
  }
}
