package org.driftwatch.pipelines.publish;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.driftwatch.pipelines.parse.RejectedRecord;

/**
 * Sends malformed records to their topic: original bytes and key, headers that say why and where.
 * It never ends the run: what the topic does not take is shortened, and in the end counted as lost.
 * KafkaIO's writer would end it at the first record that is refused, and each new start with it.
 */
public final class PublishRejected extends PTransform<PCollection<RejectedRecord>, PDone> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final KafkaClients clients;
  private final TopicLimits limits;

  /**
   * A publication to this topic.
   *
   * @param clients makes the producers, where they send
   * @param limits what the topic takes, as far as is known; what it refuses all the same is sent
   *     without its bytes
   */
  public PublishRejected(String topic, KafkaClients clients, TopicLimits limits) {
    this.topic = topic;
    this.clients = clients;
    this.limits = limits;
  }

  @Override
  public PDone expand(PCollection<RejectedRecord> rejected) {
    rejected.apply("Send", ParDo.of(new SendFn(topic, clients, limits)));
    return PDone.in(rejected.getPipeline());
  }

  private static final class SendFn extends DoFn<RejectedRecord, Void> {
    private static final long serialVersionUID = 1;

    /** Records and bytes that are sent before the first of them must be acknowledged. */
    private static final int MOST_RECORDS = 8192;

    private static final int MOST_BYTES = 8 << 20;

    private final Counter lost = PipelineMetrics.rejectedLost();
    private final String topic;
    private final KafkaClients clients;
    private final TopicLimits limits;

    private transient @Nullable DeadLetterSender sender;
    private transient @Nullable List<RejectedRecord> waiting;
    private transient long waitingBytes;

    SendFn(String topic, KafkaClients clients, TopicLimits limits) {
      this.topic = topic;
      this.clients = clients;
      this.limits = limits;
    }

    @Setup
    public void setUp() {
      sender = new DeadLetterSender(topic, clients, limits);
    }

    @StartBundle
    public void start() {
      waiting = new ArrayList<>();
      waitingBytes = 0;
    }

    @ProcessElement
    public void add(@Element RejectedRecord rejected) throws InterruptedException {
      waiting.add(rejected);
      waitingBytes += rejected.bytes().length;
      waitingBytes += rejected.key() == null ? 0 : rejected.key().length;
      if (waiting.size() >= MOST_RECORDS || waitingBytes >= MOST_BYTES) {
        send();
      }
    }

    @FinishBundle
    public void send() throws InterruptedException {
      if (!waiting.isEmpty()) {
        lost.inc(sender.send(waiting));
        start();
      }
    }

    @Teardown
    public void close() {
      if (sender != null) {
        sender.close();
      }
    }
  }
}
