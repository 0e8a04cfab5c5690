package org.driftwatch.pipelines.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.pipelines.kafka.KafkaClients;
import org.driftwatch.pipelines.parse.RejectedRecord;

/**
 * Sends malformed records to their topic: original bytes and key, headers that say why and where.
 */
public final class PublishRejected extends PTransform<PCollection<RejectedRecord>, PDone> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final KafkaClients clients;
  private final int maxBytes;

  /**
   * A publication to this topic.
   *
   * @param clients makes the producers, where they send
   * @param maxBytes most bytes of a record that the topic takes; of a larger one the first bytes
   *     are sent, with its length in the header {@code truncated-from}
   */
  public PublishRejected(String topic, KafkaClients clients, int maxBytes) {
    this.topic = topic;
    this.clients = clients;
    this.maxBytes = maxBytes;
  }

  @Override
  public PDone expand(PCollection<RejectedRecord> rejected) {
    return rejected
        .apply("Say why and where", ParDo.of(new ToProducerRecord(topic, maxBytes)))
        .setCoder(
            ProducerRecordCoder.of(NullableCoder.of(ByteArrayCoder.of()), ByteArrayCoder.of()))
        .apply(
            "Send",
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(clients.access().servers())
                .withTopic(topic)
                .withProducerConfigUpdates(KafkaClients.producerDefaults())
                .withProducerFactoryFn(clients::producerFor)
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class));
  }

  private static final class ToProducerRecord
      extends DoFn<RejectedRecord, ProducerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    /** Room that key, headers and framing take of a record's largest size. */
    private static final int OVERHEAD = 2048;

    private final String topic;
    private final int maxBytes;

    ToProducerRecord(String topic, int maxBytes) {
      this.topic = topic;
      this.maxBytes = maxBytes;
    }

    @ProcessElement
    public void write(
        @Element RejectedRecord rejected, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      byte[] bytes = rejected.bytes();
      int room = maxBytes - OVERHEAD - (rejected.key() == null ? 0 : rejected.key().length);
      boolean tooLarge = bytes.length > room;
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              null,
              Math.max(0, rejected.timestamp()),
              rejected.key(),
              tooLarge ? Arrays.copyOf(bytes, Math.max(0, room)) : bytes);
      Headers headers = record.headers();
      header(headers, StreamTopic.REASON_HEADER, rejected.reason());
      header(headers, StreamTopic.TOPIC_HEADER, rejected.topic());
      header(headers, StreamTopic.PARTITION_HEADER, Integer.toString(rejected.partition()));
      header(headers, StreamTopic.OFFSET_HEADER, Long.toString(rejected.offset()));
      header(headers, StreamTopic.INDEX_HEADER, Integer.toString(rejected.index()));
      if (tooLarge) {
        header(headers, StreamTopic.TRUNCATED_HEADER, Integer.toString(bytes.length));
      }
      out.output(record);
    }

    private static void header(Headers headers, String name, String value) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }
}
