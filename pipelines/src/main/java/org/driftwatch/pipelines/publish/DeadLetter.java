package org.driftwatch.pipelines.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.pipelines.parse.RejectedRecord;

/** How a malformed record is written to its topic: as much of it as the topic takes. */
final class DeadLetter {
  /** Room that a batch and a record take of a record's largest size, bytes. */
  private static final int FRAMING = 128;

  /** Room that a header takes besides its name and value, bytes. */
  private static final int HEADER_FRAMING = 10;

  /** Room kept for the headers that say what was shortened, bytes. */
  private static final int NOTES = 128;

  private DeadLetter() {}

  /**
   * The record with its bytes, key and timestamp. What the topic would refuse of them is shortened,
   * the value first, or replaced by the present time, and headers say what it was.
   *
   * @param now the present time, ms since the epoch
   */
  static ProducerRecord<byte[], byte[]> whole(
      String topic, RejectedRecord rejected, TopicLimits limits, long now) {
    boolean keeps = limits.keeps(rejected.timestamp(), now);
    ProducerRecord<byte[], byte[]> places =
        record(topic, rejected, keeps ? rejected.timestamp() : now, null, new byte[0]);
    int room = Math.max(0, limits.maxBytes() - FRAMING - NOTES - size(places.headers()));
    byte[] value = rejected.bytes();
    byte[] key = shortened(rejected.key(), Math.max(room / 2, room - value.length));
    return record(
        topic,
        rejected,
        places.timestamp(),
        key,
        Arrays.copyOf(value, Math.min(value.length, room - (key == null ? 0 : key.length))));
  }

  /**
   * The headers alone, at the present time: for a topic that refuses more.
   *
   * @param now the present time, ms since the epoch
   */
  static ProducerRecord<byte[], byte[]> bare(String topic, RejectedRecord rejected, long now) {
    return record(topic, rejected, now, shortened(rejected.key(), 0), new byte[0]);
  }

  private static byte @Nullable [] shortened(byte @Nullable [] key, int most) {
    return key == null ? null : Arrays.copyOf(key, Math.min(key.length, most));
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, RejectedRecord rejected, long timestamp, byte @Nullable [] key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, timestamp, key, value);
    Headers headers = record.headers();
    header(headers, StreamTopic.REASON_HEADER, rejected.reason());
    header(headers, StreamTopic.TOPIC_HEADER, rejected.topic());
    header(headers, StreamTopic.PARTITION_HEADER, Integer.toString(rejected.partition()));
    header(headers, StreamTopic.OFFSET_HEADER, Long.toString(rejected.offset()));
    header(headers, StreamTopic.INDEX_HEADER, Integer.toString(rejected.index()));
    if (value.length < rejected.bytes().length) {
      header(headers, StreamTopic.TRUNCATED_HEADER, Integer.toString(rejected.bytes().length));
    }
    if (key != null && rejected.key() != null && key.length < rejected.key().length) {
      header(headers, StreamTopic.KEY_TRUNCATED_HEADER, Integer.toString(rejected.key().length));
    }
    if (timestamp != rejected.timestamp()) {
      header(headers, StreamTopic.TIMESTAMP_HEADER, Long.toString(rejected.timestamp()));
    }
    return record;
  }

  private static void header(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private static int size(Headers headers) {
    int size = 0;
    for (Header header : headers) {
      size += header.key().length() + header.value().length + HEADER_FRAMING;
    }
    return size;
  }
}
