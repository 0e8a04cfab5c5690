package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.emulator.EmulatorMain;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.restart.StartAgain;
import org.driftwatch.pipelines.testing.JavaCommand;

/** Brokers, emulator, monitor and Spark's workers, in processes of their own. */
final class Parts implements AutoCloseable {
  /** Header of records that are too late for any window: they count nowhere. */
  static final String TOO_LATE = "too-late";

  private static final int SHIFTED = 20;

  private final Path folder;
  private final Setting setting;
  private final int rate;
  private final Brokers brokers;
  private final @Nullable Workers workers;
  private int starts;
  private Part emulator;
  private Part monitor;

  /**
   * Starts brokers, monitor and emulator, in this order.
   *
   * @param folder for logs and the brokers' data
   * @param rate rows of the readout per second
   */
  Parts(Path folder, Setting setting, int rate) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.setting = setting;
    this.rate = rate;
    brokers = brokers(folder, setting);
    workers = setting == Setting.SPARK_CLUSTER ? new Workers(folder) : null;
    startMonitor();
    monitor.awaitText("Monitoring");
    startEmulator();
  }

  private static Brokers brokers(Path folder, Setting setting) throws Exception {
    if (setting == Setting.THREE_BROKERS) {
      return new ThreeBrokers(folder);
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

  /** Of {@link Setting#THREE_BROKERS} only. */
  ThreeBrokers threeBrokers() {
    return (ThreeBrokers) brokers;
  }

  /** Of all settings but {@link Setting#THREE_BROKERS}. */
  OneBroker oneBroker() {
    return (OneBroker) brokers;
  }

  /** Of {@link Setting#SPARK_CLUSTER} only. */
  Workers workers() {
    return Objects.requireNonNull(workers);
  }

  /** Starts the emulator, and waits until it sends: one that finds no broker then ends. */
  void startEmulator(String... further) throws IOException {
    List<String> command =
        JavaCommand.here(
            EmulatorMain.class.getName(),
            "--kafka",
            kafka(),
            "--partitions",
            "2",
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
    emulator.kill();
  }

  void stopEmulator() throws InterruptedException {
    emulator.stop();
  }

  void startMonitor() throws IOException {
    List<String> command =
        List.of(
            "scripts/monitor",
            setting.config(),
            "--kafka=" + kafka(),
            "--window=1s",
            "--partitions=2",
            "--replication=" + brokers.replication());
    monitor =
        Part.start(
            log("monitor"),
            command,
            workers == null ? Map.of() : Map.of("SPARK_MASTER", workers.master()));
  }

  void killMonitor() {
    monitor.kill();
  }

  /** Stops the monitor's process where it stands (STOP), or lets it go on (CONT). */
  void signalMonitor(String signal) throws IOException, InterruptedException {
    monitor.signal(signal);
  }

  /** The emulator may not end by itself. */
  void emulatorRuns() throws IOException {
    if (!emulator.isAlive()) {
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
    if (monitor.status() != StartAgain.STATUS && !log.contains("does not answer as it should")) {
      throw new AssertionError("the monitor ended with " + monitor.status() + ":\n" + log);
    }
    startMonitor();
  }

  /** Gives the stream one more partition. */
  void addPartition() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) kafka()))) {
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

  /** Sends some hits to each partition, beside the emulator, by a clock that is wrong by this. */
  void sendShifted(Duration shift) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int partitions = producer.partitionsFor("stream").size();
      long now = System.currentTimeMillis() + shift.toMillis();
      List<Future<RecordMetadata>> places = new ArrayList<>();
      for (int i = 0; i < SHIFTED * partitions; i++) {
        byte[] value = ("2,1,70," + i + ",100,7").getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> hit =
            new ProducerRecord<>("stream", i % partitions, now + i, null, value);
        if (shift.isNegative()) {
          hit.headers().add(TOO_LATE, new byte[0]);
        }
        places.add(producer.send(hit));
      }
      for (Future<RecordMetadata> place : places) {
        place.get();
      }
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
