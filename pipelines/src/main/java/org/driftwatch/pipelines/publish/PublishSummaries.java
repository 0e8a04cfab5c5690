package org.driftwatch.pipelines.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.driftwatch.pipelines.restart.TopicIds;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.driftwatch.pipelines.tracks.MuonOrbit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one message per window and revision, keyed by the window's start. The last message of a
 * key holds, so they must be sent in their order: adding up, writing and sending are one step,
 * right behind the grouping that its input comes from, and a bundle ends when Kafka has
 * acknowledged its messages. KafkaIO's writer would be a step further on, where runners may work on
 * two panes of one window side by side.
 */
public final class PublishSummaries
    extends PTransform<PCollection<KV<Integer, Iterable<ShardCounts>>>, PDone> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final TopicIds topics;
  private final KafkaClients clients;
  private final DetectorDescription detector;
  private final long incompleteBefore;
  private final Optional<String> eventsTopic;

  /**
   * A publication to this topic.
   *
   * @param topics the topics that the run began with: once one of them is deleted nothing more is
   *     published, least of all to another topic of the same name
   * @param clients makes the producers, where they send
   * @param incompleteBefore windows that start before this are marked as lacking records, ms since
   *     the epoch
   * @param eventsTopic topic of the orbits that are shown; empty to publish none
   */
  public PublishSummaries(
      String topic,
      TopicIds topics,
      KafkaClients clients,
      DetectorDescription detector,
      long incompleteBefore,
      Optional<String> eventsTopic) {
    this.topic = topic;
    this.topics = topics;
    this.clients = clients;
    this.detector = detector;
    this.incompleteBefore = incompleteBefore;
    this.eventsTopic = eventsTopic;
  }

  @Override
  public PDone expand(PCollection<KV<Integer, Iterable<ShardCounts>>> windows) {
    windows.apply(
        "Add up and send",
        ParDo.of(
            new SendFn(
                topic, topics, clients, detector, incompleteBefore, eventsTopic.orElse(null))));
    return PDone.in(windows.getPipeline());
  }

  /**
   * A summary to be sent.
   *
   * @param span the window
   * @param revision how often it was refined
   * @param key key of the message
   * @param value the summary as JSON
   * @param events orbits that are shown
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Message(
      WindowSummary.Span span, int revision, String key, byte[] value, List<MuonOrbit> events) {}

  /**
   * The message of a window; empty where shards of it are still to come.
   *
   * @param shards what the shards of the window say
   * @param incompleteBefore windows that start before this are marked, ms since the epoch
   */
  static Optional<Message> message(
      Iterable<ShardCounts> shards,
      IntervalWindow window,
      DetectorDescription detector,
      long incompleteBefore) {
    WindowSummary.Span span =
        new WindowSummary.Span(
            java.time.Instant.ofEpochMilli(window.start().getMillis()),
            java.time.Instant.ofEpochMilli(window.end().getMillis()));
    boolean incomplete = window.start().getMillis() < incompleteBefore;
    return ShardCounts.whole(shards)
        .map(
            whole -> {
              WindowSummary summary =
                  whole.counts().summary(detector, Optional.of(span), whole.revision());
              return new Message(
                  span,
                  whole.revision(),
                  SummaryJson.key(span.start()),
                  SummaryJson.write(incomplete ? summary.markedIncomplete() : summary),
                  whole.counts().events());
            });
  }

  private static final class SendFn extends DoFn<KV<Integer, Iterable<ShardCounts>>, Void> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(PublishSummaries.class);
    private static final long LOOK_AGAIN_MILLIS = 500;

    /** The run ends before that, with a reason, where it is watched. */
    private static final long CHECK_NANOS = 250_000_000;

    private static final long GONE_SECONDS = 60;

    private final Counter windows = PipelineMetrics.windows();
    private final Counter refinements = PipelineMetrics.refinements();
    private final Distribution delayMillis = PipelineMetrics.windowDelayMillis();
    private final Gauge newestEndMillis = PipelineMetrics.newestWindowEndMillis();
    private final String topic;
    private final TopicIds topics;
    private final KafkaClients clients;
    private final DetectorDescription detector;
    private final long incompleteBefore;
    private final @Nullable String eventsTopic;

    private transient @Nullable Admin admin;
    private transient @Nullable EventSender events;
    private transient @Nullable Outbox<String> outbox;
    private transient @Nullable List<Message> bundle;
    private transient long newestEnd;
    private transient long checkedAt;

    SendFn(
        String topic,
        TopicIds topics,
        KafkaClients clients,
        DetectorDescription detector,
        long incompleteBefore,
        @Nullable String eventsTopic) {
      this.topic = topic;
      this.topics = topics;
      this.clients = clients;
      this.detector = detector;
      this.incompleteBefore = incompleteBefore;
      this.eventsTopic = eventsTopic;
    }

    @Setup
    public void connect() {
      outbox = new Outbox<>(topic, clients.producer(), new StringSerializer());
      if (eventsTopic != null) {
        events = new EventSender(eventsTopic, clients.producer(), detector);
      }
    }

    @StartBundle
    public void start() {
      bundle = new ArrayList<>();
    }

    @ProcessElement
    public void add(@Element KV<Integer, Iterable<ShardCounts>> shards, IntervalWindow window) {
      message(shards.getValue(), window, detector, incompleteBefore).ifPresent(bundle::add);
    }

    /**
     * Sends the windows in their order, whatever order the runner fired them in: a restart takes it
     * that all windows before the latest are there.
     */
    @FinishBundle
    public void send() throws IOException, InterruptedException {
      if (bundle.isEmpty()) {
        return;
      }
      awaitTopics();
      bundle.sort(Comparator.comparing(message -> message.span().start()));
      // Asked for each bundle: partitions may be added while it runs.
      boolean keepsOrder = bundle.size() < 2 || outbox.partitions() == 1;
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Message message : bundle) {
        sent.add(outbox.send(new ProducerRecord<>(topic, message.key(), message.value())));
        if (!keepsOrder) {
          outbox.flush();
        }
      }
      outbox.flush();
      for (Future<RecordMetadata> message : sent) {
        try {
          message.get();
        } catch (ExecutionException e) {
          throw new IOException(
              "summaries could not be sent to topic " + topic + ": " + e.getCause(), e);
        }
      }
      bundle.forEach(this::count);
      if (events != null) {
        bundle.forEach(events::send);
      }
    }

    /**
     * Returns at once unless a topic of the run has been deleted: then the run is about to end. A
     * producer that sent on would have Kafka create the topic, where that is allowed, before its
     * users do; and windows of the old stream would tell the next run that it has got that far.
     */
    private void awaitTopics() throws IOException, InterruptedException {
      // From a backlog there are hundreds of windows a second.
      if (checkedAt != 0 && System.nanoTime() - checkedAt < CHECK_NANOS) {
        return;
      }
      checkedAt = System.nanoTime();
      if (admin == null) {
        admin = clients.impatientAdmin();
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_SECONDS);
      try {
        while (!topics.areUnchanged(admin)) {
          if (System.nanoTime() > deadline) {
            throw new IOException("one of the topics " + topics.ids().keySet() + " was deleted");
          }
          TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
      } catch (ExecutionException | KafkaException e) {
        // A broker that is away is waited for by the producer.
        LOG.debug("The topics {} are not known", topics.ids().keySet(), e);
      }
    }

    private void count(Message message) {
      if (message.revision() > 0) {
        refinements.inc();
        return;
      }
      windows.inc();
      long end = message.span().end().toEpochMilli();
      // Windows come in their order; one that only late records have opened may be long past.
      if (end > newestEnd) {
        newestEnd = end;
        delayMillis.update(System.currentTimeMillis() - end);
        newestEndMillis.set(end);
      }
    }

    @Teardown
    public void close() {
      if (outbox != null) {
        outbox.close();
      }
      if (events != null) {
        events.close();
      }
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }
}
