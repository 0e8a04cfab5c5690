package org.driftwatch.quality.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.alarm.QualityMessage;

/** A stretch of life of one set of topics: who writes to them, and services that judge them. */
final class ServiceRun implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String servers;
  private final TopicNames topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final List<Running> services = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private List<Hook> hooks = List.of();

  /** A service on a thread of its own. */
  final class Running {
    final Caller caller = new Caller(hooks);
    final Metrics metrics = new Metrics(caller, clock);
    final QualityService service;
    final CompletableFuture<QualityService.End> end = new CompletableFuture<>();

    private Running(QualityService.Connector connector) {
      service = new QualityService(setup(), connector, caller, metrics, clock);
      Thread thread = new Thread(this::run, "service");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        end.complete(service.run());
      } catch (Throwable e) {
        end.completeExceptionally(e);
      }
    }

    void stop() {
      service.stop();
      end.join();
      caller.close();
    }
  }

  /** Topics that begin with this name; none exists yet. */
  ServiceRun(String servers, String name) {
    this(servers, name, name);
  }

  /** Topics that begin with a name; what is read may be another's. */
  ServiceRun(String servers, String name, String read) {
    this.servers = servers;
    topics =
        new TopicNames(
            read + "-results",
            read + "-status",
            name + "-quality",
            name + "-alarms",
            name + "-commands");
    admin = Admin.create(Map.of("bootstrap.servers", servers));
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  TopicNames topics() {
    return topics;
  }

  Setup setup() {
    return new Setup(
        KafkaAccess.at(servers),
        topics,
        DetectorDescription.course(),
        Thresholds.standard(),
        Guidance.standard(),
        Optional.empty());
  }

  ServiceRun with(Clock other) {
    clock = other;
    return this;
  }

  ServiceRun with(Hook... calls) {
    hooks = List.of(calls);
    return this;
  }

  /** Makes the topic of results. */
  ServiceRun withResults(int partitions) {
    return with(topics.results(), partitions);
  }

  /** Makes the topic of the monitor's status. */
  ServiceRun withStatus() {
    return with(topics.status(), 1);
  }

  /** The monitor says how it is: records fit. */
  void sayThatRecordsFit() {
    Counts some = new Counts(1_000, 0, 0, 0, 0, 0);
    StatusMessage status =
        new StatusMessage(
            clock.instant(),
            Windows.START,
            some,
            some,
            60,
            0,
            OptionalInt.empty(),
            0,
            Optional.empty());
    send(new ProducerRecord<>(topics.status(), StatusMessage.KEY.getBytes(UTF_8), status.write()));
    producer.flush();
  }

  private ServiceRun with(String topic, int partitions) {
    try {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      NewTopics.awaitLeaders(admin, topic, partitions);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  Admin admin() {
    return admin;
  }

  Running start() {
    return start(() -> Connection.open(new Clients(KafkaAccess.at(servers)), topics.serviceId()));
  }

  Running start(QualityService.Connector connector) {
    Running running = new Running(connector);
    services.add(running);
    return running;
  }

  /** A service that has read what there is. */
  Running started() {
    Running running = start();
    Awaitility.await("a place in the results").atMost(PATIENCE).until(() -> lag() == 0);
    return running;
  }

  /** Records of the results that no service has got past. */
  long lag() {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topics.results()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Place> places = Place.read(admin, topics.serviceId(), partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .mapToLong(
              end ->
                  places.containsKey(end.getKey())
                      ? end.getValue() - places.get(end.getKey()).offset()
                      : Long.MAX_VALUE / 100)
          .sum();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void awaitJudged() {
    Awaitility.await("all windows judged").atMost(PATIENCE).until(() -> lag() == 0);
  }

  void publish(WindowSummary... windows) {
    Arrays.stream(windows).forEach(w -> send(Windows.message(topics.results(), w)));
    producer.flush();
  }

  /** Windows of a detector that is well. */
  void publishHealthy(int from, int to) {
    for (int i = from; i < to; i++) {
      send(Windows.message(topics.results(), Windows.healthy(i)));
    }
    producer.flush();
  }

  /** Windows with this share of the usual hits. */
  void publishScaled(double factor, int from, int to) {
    for (int i = from; i < to; i++) {
      send(Windows.message(topics.results(), Windows.scaled(i, factor)));
    }
    producer.flush();
  }

  /** Windows in which a chamber is silent. */
  void publishDead(int chamber, int from, int to) {
    for (int i = from; i < to; i++) {
      send(Windows.message(topics.results(), Windows.dead(i, chamber)));
    }
    producer.flush();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What does not arrive fails the test.
  void send(ProducerRecord<byte[], byte[]> message) {
    producer.send(message);
  }

  void send(String topic, String key, String value) {
    send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    producer.flush();
  }

  void command(AlarmCommand command) {
    send(new ProducerRecord<>(topics.commands(), command.alarm().getBytes(UTF_8), command.write()));
    producer.flush();
  }

  /** All messages of a topic that count, in their order. */
  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
    }
    return messages;
  }

  /** Every change of an alarm, in their order; that nobody publishes any more is none here. */
  List<AlarmMessage> alarmChanges() {
    return messages(topics.alarms()).stream()
        .map(m -> read(m.value(), AlarmMessage::read))
        .filter(alarm -> alarm.check() != Check.RESULTS)
        .toList();
  }

  /** The alarms as they are, by their keys. */
  Map<String, AlarmMessage> alarms() {
    return alarmChanges().stream()
        .collect(Collectors.toMap(AlarmMessage::key, a -> a, (before, now) -> now));
  }

  /** The verdicts as they are, by their keys. */
  Map<String, QualityMessage> verdicts() {
    return messages(topics.quality()).stream()
        .filter(message -> message.value() != null)
        .map(message -> read(message.value(), QualityMessage::read))
        .collect(Collectors.toMap(QualityMessage::key, q -> q, (before, now) -> now));
  }

  private static <T> T read(byte[] value, Inbox.Reader<T> reader) {
    try {
      return reader.read(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only alarm that has been, as soon as there is one. */
  AlarmMessage awaitAlarm() {
    Awaitility.await("an alarm").atMost(PATIENCE).until(() -> !existingAlarms().isEmpty());
    Map<String, AlarmMessage> alarms = existingAlarms();
    if (alarms.size() != 1) {
      throw new AssertionError("more than one alarm: " + alarms.keySet());
    }
    return alarms.values().iterator().next();
  }

  private Map<String, AlarmMessage> existingAlarms() {
    try {
      return admin.listTopics().names().get().contains(topics.alarms()) ? alarms() : Map.of();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    services.forEach(Running::stop);
    producer.close(Duration.ofSeconds(1));
    consumer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(1));
  }
}
