package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.emulator.EmulatorMain;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.restart.StartAgain;
import org.driftwatch.pipelines.testing.JavaCommand;
import org.driftwatch.pipelines.testing.TopicTail;

/** Brokers, emulator, monitor and a cluster, in processes of their own. */
final class Parts implements AutoCloseable {
  private static final int SHIFTED = 20;
  private static final int PARTITIONS = 2;
  private static final Duration SPELL = Duration.ofSeconds(10);
  private static final String SMALL_HEAP = "256m";
  private static final int TRANSACTIONS = 5;
  private static final Duration TRANSACTION = Duration.ofMillis(300);
  private static final long MARKED_TOO_MUCH_MILLIS = 5000;
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final Path folder;
  private final Setting setting;
  private final int rate;
  private final Duration window;
  private final Brokers brokers;
  private @Nullable Workers workers;
  private final Archive archive;
  private Map<String, String> monitorEnvironment = Map.of();
  private int starts;
  private @Nullable Part emulator;
  private Part monitor;

  private Parts(Path folder, Setting setting, int rate, Duration window) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.setting = setting;
    this.rate = rate;
    this.window = window;
    archive = new Archive(window);
    brokers = brokers(folder, setting);
  }

  /**
   * Starts brokers, monitor and emulator, in this order.
   *
   * @param folder for logs and the brokers' data
   * @param rate rows of the readout per second
   * @param window length of the windows
   */
  static Parts start(Path folder, Setting setting, int rate, Duration window) throws Exception {
    Parts parts = new Parts(folder, setting, rate, window);
    try {
      if (setting.hasCluster()) {
        parts.workers = new Workers(setting.config(), folder);
      }
      parts.startMonitor();
      parts.awaitMonitor();
      parts.startEmulator();
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
    return parts;
  }

  private static Brokers brokers(Path folder, Setting setting) throws Exception {
    if (setting == Setting.THREE_BROKERS) {
      return ThreeBrokers.withReplicas(folder);
    }
    if (setting == Setting.ONE_REPLICA) {
      return ThreeBrokers.withoutReplicas(folder);
    }
    return SmallDisk.isPossible() ? OneBroker.onSmallDisk(folder) : new OneBroker(folder);
  }

  /** Bootstrap servers. */
  String kafka() {
    return brokers.servers();
  }

  Brokers brokers() {
    return brokers;
  }

  /** What stands in the stream, and stood. */
  Archive archive() {
    return archive;
  }

  /** Of {@link Setting#THREE_BROKERS} only. */
  ThreeBrokers threeBrokers() {
    return (ThreeBrokers) brokers;
  }

  /** Of the settings with one broker only. */
  OneBroker oneBroker() {
    return (OneBroker) brokers;
  }

  /** Of the settings with a cluster only. */
  Workers workers() {
    return Objects.requireNonNull(workers);
  }

  /** Starts the emulator, and waits until it sends: one that finds no broker then ends. */
  void startEmulator(String... further) throws IOException {
    startEmulator(rate, further);
  }

  /** Starts the emulator at another rate, rows per second. */
  void startEmulator(int rate, String... further) throws IOException {
    List<String> command =
        JavaCommand.here(
            EmulatorMain.class.getName(),
            "--kafka",
            kafka(),
            "--partitions",
            Integer.toString(PARTITIONS),
            "--replication",
            Integer.toString(brokers.replication()),
            "--rate",
            Integer.toString(rate),
            // Each run another: orbits of runs that follow each other must not be the same.
            "--seed",
            Integer.toString(starts));
    command.addAll(List.of(further));
    emulator = Part.start(log("emulator"), command, Map.of());
    emulator.awaitText("-> topic");
  }

  void killEmulator() {
    Objects.requireNonNull(emulator).kill();
    emulator = null;
  }

  void stopEmulator() throws InterruptedException {
    Objects.requireNonNull(emulator).stop();
    emulator = null;
  }

  void startMonitor() throws IOException {
    List<String> command =
        List.of(
            "scripts/monitor",
            setting.config(),
            "--kafka=" + kafka(),
            "--window=" + window.toMillis() + "ms",
            "--partitions=" + PARTITIONS,
            "--replication=" + brokers.replication());
    Map<String, String> environment = new HashMap<>(monitorEnvironment);
    if (workers != null) {
      environment.putAll(workers.environment());
    }
    if (setting == Setting.ONE_REPLICA) {
      // What its configuration gives it is full only after more hits than can be compared.
      environment.put("_JAVA_OPTIONS", "-Xmx" + SMALL_HEAP);
    }
    monitor = Part.start(log("monitor"), command, environment);
  }

  /**
   * Kills the monitor and starts it with these variables; it keeps them when it is started again.
   */
  void restartMonitor(Map<String, String> environment) throws IOException {
    killMonitor();
    monitorEnvironment = Map.copyOf(environment);
    startMonitor();
  }

  /** Waits until the monitor has begun to read. */
  void awaitMonitor() {
    await("the monitor has begun to read")
        .atMost(RECOVERY.multipliedBy(2))
        .until(
            () -> {
              keepMonitorRunning();
              return monitor.log().contains("Monitoring");
            });
  }

  /** Gives the monitor a clock of its own, which is right as yet. */
  FakeClock giveMonitorItsOwnClock() throws IOException {
    FakeClock clock = FakeClock.in(folder);
    restartMonitor(clock.environment());
    return clock;
  }

  /** Starts the monitor anew with these Kafka client properties. */
  void giveMonitorProperties(String... lines) throws IOException {
    Path file = folder.resolve("client.properties");
    Files.write(file, List.of(lines));
    restartMonitor(Map.of("KAFKA_CONFIG", file.toString()));
  }

  void killMonitor() {
    monitor.kill();
  }

  /** Stops the monitor's process where it stands (STOP), or lets it go on (CONT). */
  void signalMonitor(String signal) throws IOException, InterruptedException {
    monitor.signal(signal);
  }

  /** The emulator may not end by itself. */
  private void emulatorRuns() throws IOException {
    if (emulator != null && !emulator.isAlive()) {
      throw new AssertionError("the emulator ended:\n" + emulator.log());
    }
  }

  /**
   * Starts the monitor again where it has ended with the status that asks for it, or because the
   * broker was not there when it started, as the run script and systemd do. It may not end by
   * itself for anything else.
   */
  void keepMonitorRunning() throws IOException {
    if (monitor.isAlive()) {
      return;
    }
    String log = monitor.log();
    if (monitor.status() != StartAgain.STATUS && !log.contains("request failed")) {
      throw new AssertionError("the monitor ended with " + monitor.status() + ":\n" + log);
    }
    startMonitor();
  }

  /** Gives the stream one more partition. */
  void addPartition() throws Exception {
    try (Admin admin = admin()) {
      int partitions =
          admin
              .describeTopics(List.of("stream"))
              .allTopicNames()
              .get()
              .get("stream")
              .partitions()
              .size();
      admin
          .createPartitions(Map.of("stream", NewPartitions.increaseTo(partitions + 1)))
          .all()
          .get();
      NewTopics.awaitLeaders(admin, "stream", partitions + 1);
    }
  }

  /** Waits for a window that holds this moment or a later one; gives the seconds that took. */
  double awaitResult(Instant from) {
    Instant asked = Instant.now();
    String first = ReferenceMonitor.iso(from.toEpochMilli() - window.toMillis() + 1);
    try (TopicTail results = new TopicTail(kafka(), "results")) {
      await("a window that ends at " + from + " or later")
          .atMost(RECOVERY)
          .ignoreExceptionsInstanceOf(KafkaException.class)
          .until(
              () -> {
                emulatorRuns();
                keepMonitorRunning();
                String now = ReferenceMonitor.iso(System.currentTimeMillis());
                return results.more().stream()
                    .map(message -> new String(message.key(), UTF_8))
                    .anyMatch(key -> key.compareTo(first) >= 0 && key.compareTo(now) <= 0);
              });
    }
    return Duration.between(asked, Instant.now()).toMillis() / 1000.0;
  }

  /** Sends hits beside the emulator for a time, a twentieth of them, by a clock of its own. */
  void sendBeside(LongUnaryOperator clock) throws Exception {
    try (OtherProducer producer = new OtherProducer(kafka())) {
      producer.send(SPELL, rate / 20, clock);
    }
  }

  /** Sends hits to the partition that was added last, by a clock of its own. */
  void sendToLastPartition(LongUnaryOperator clock) throws Exception {
    try (OtherProducer producer = OtherProducer.toLastPartition(kafka())) {
      producer.send(SPELL, rate / 20, clock);
    }
  }

  /** One hit nearly as far ahead as others may be late, and then others that are late. */
  void sendOneAheadThenLateOnes() throws Exception {
    try (OtherProducer producer = new OtherProducer(kafka())) {
      producer.send(System.currentTimeMillis() + 59_000);
      producer.send(Duration.ofSeconds(5), rate / 20, now -> now - 3000);
    }
  }

  /** Sends hits instead of the emulator for a time, by a clock of its own. */
  void sendInstead(Duration time, LongUnaryOperator clock) throws Exception {
    killEmulator();
    try (OtherProducer producer = new OtherProducer(kafka())) {
      producer.send(time, rate, clock);
    }
    startEmulator();
  }

  /**
   * Sends hits in transactions, every second one aborted, and nothing else; returns when their last
   * window is there.
   */
  void sendTransactions() throws Exception {
    killEmulator();
    long last = 0;
    try (OtherProducer producer = OtherProducer.withTransactions(kafka())) {
      for (int i = 0; i < TRANSACTIONS; i++) {
        last = producer.committed(TRANSACTION, rate);
        producer.aborted(TRANSACTION, rate);
      }
    }
    awaitResult(Instant.ofEpochMilli(last));
    startEmulator();
  }

  /** Deletes the topics of records and results and creates them again, as others would. */
  void createTopicsAnew() throws Exception {
    killEmulator();
    Map<String, NewTopic> topics =
        Map.of("stream", topic("stream", PARTITIONS), "results", topic("results", 1));
    try (Admin admin = admin()) {
      Map<String, Uuid> former = ids(admin);
      admin.deleteTopics(topics.keySet()).all().get();
      await("topics " + topics.keySet() + " created anew")
          .atMost(RECOVERY)
          .ignoreExceptionsInstanceOf(ExecutionException.class)
          .until(
              () -> {
                Map<String, Uuid> now = ids(admin);
                // A monitor that is started in between creates them, too.
                admin
                    .createTopics(
                        topics.values().stream()
                            .filter(topic -> !now.containsKey(topic.name()))
                            .toList())
                    .all()
                    .get();
                return topics.keySet().stream()
                    .allMatch(
                        name ->
                            now.containsKey(name)
                                && !Objects.equals(now.get(name), former.get(name)));
              });
      NewTopics.awaitLeaders(admin, "stream", PARTITIONS);
    }
    archive.startAnew();
    startEmulator();
  }

  private static Map<String, Uuid> ids(Admin admin)
      throws ExecutionException, InterruptedException {
    return admin.listTopics().listings().get().stream()
        .collect(toMap(TopicListing::name, TopicListing::topicId));
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", (Object) kafka()));
  }

  private NewTopic topic(String name, int partitions) {
    return new NewTopic(name, partitions, (short) brokers.replication());
  }

  /** Deletes all records but those of the last second, which a stopped monitor has not read. */
  void deleteUnread(Duration time) throws Exception {
    // None of those that are late by its injection is on its way.
    killEmulator();
    startEmulator();
    Instant published = Instant.now();
    awaitResult(published);
    signalMonitor("STOP");
    Fault.pass(time);
    archive.take(kafka());
    long left = System.currentTimeMillis() - 1000;
    Map<Integer, Long> before = archive.offsetsAt(left);
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    before.forEach(
        (partition, offset) ->
            deleted.put(
                new TopicPartition("stream", partition), RecordsToDelete.beforeOffset(offset)));
    try (Admin admin = admin()) {
      admin.deleteRecords(deleted).all().get();
    }
    archive.lose(before, published.toEpochMilli(), left + MARKED_TOO_MUCH_MILLIS);
    signalMonitor("CONT");
  }

  /** Sends some hits to each partition, beside the emulator, by a clock that is wrong by this. */
  void sendShifted(Duration shift) throws Exception {
    try (OtherProducer producer = new OtherProducer(kafka())) {
      long now = System.currentTimeMillis() + shift.toMillis();
      for (int i = 0; i < SHIFTED * producer.partitions(); i++) {
        producer.send(now + i);
      }
      producer.flush();
    }
  }

  private File log(String part) {
    return folder.resolve(part + "-" + starts++ + ".log").toFile();
  }

  @Override
  public void close() {
    for (Part part : new Part[] {emulator, monitor}) {
      if (part != null) {
        part.kill();
      }
    }
    if (workers != null) {
      workers.close();
    }
    brokers.close();
  }
}
