package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.record.RecordingWriter;
import org.driftwatch.emulator.send.KafkaConnection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a running topic as a program, for the emulator to replay. */
@Command(
    name = "record",
    sortOptions = false,
    description =
        "Writes the records of a running topic to a file, bit for bit, for the emulator's --replay.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the file is whole; also when stopped by Ctrl-C or SIGTERM",
      "1:Kafka or the file failed",
      "2:an option is invalid"
    })
public final class RecordMain implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private KafkaOptions kafka;

  @Parameters(
      paramLabel = "FILE",
      description = "new file to write; gzipped if the name ends in .gz")
  private Path file;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = StreamTopic.STREAM,
      description = "topic to record (default: ${DEFAULT-VALUE})")
  private String topic;

  @Option(
      names = "--from-beginning",
      description = "start with the oldest record of the topic (default: with the next to come)")
  private boolean fromBeginning;

  @Option(
      names = "--to-end",
      description = "end with the record that is the newest at the start (default: when stopped)")
  private boolean toEnd;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "end after this time (default: when stopped)")
  private Double duration;

  private volatile boolean stopped;

  private RecordMain() {}

  /** Records; see {@code --help}. */
  public static void main(String[] arguments) {
    Programs.run(new RecordMain(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (duration != null && !(duration > 0 && duration <= 1e9)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--duration " + duration + ": expected seconds, above 0");
    }
    if (file.toString().isEmpty()) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "no file to write; expected one, as in make record FILE=run.rec");
    }
    KafkaConnection connection = kafka.connection();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection)) {
      Programs.onSignal(
          () -> {
            stopped = true;
            consumer.wakeup();
          });
      List<TopicPartition> partitions = partitions(consumer, connection);
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = start(consumer, partitions);
      RecordingWriter recording = new RecordingWriter(file);
      try (recording) {
        System.out.println("record: topic " + topic + " -> " + file);
        System.out.flush();
        record(consumer, recording, ends);
      }
      System.out.println("record: " + recording.records() + " records in " + file);
    } catch (WakeupException e) {
      System.err.println("record: stopped before anything was recorded");
    } catch (KafkaException e) {
      throw connection.failure(e, topic, "topic " + topic + ": " + Programs.oneLine(e));
    }
    return CommandLine.ExitCode.OK;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection)
      throws IOException {
    try {
      return new KafkaConsumer<>(connection.forConsumer());
    } catch (KafkaException e) {
      throw connection.failure(e, "", "Kafka client properties: " + e.getMessage());
    }
  }

  private List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, KafkaConnection connection) throws IOException {
    List<PartitionInfo> found;
    try {
      found = consumer.partitionsFor(topic, PATIENCE);
    } catch (org.apache.kafka.common.errors.TimeoutException e) {
      throw new IOException(
          "Kafka at "
              + connection.servers()
              + " does not answer within "
              + PATIENCE.toSeconds()
              + " s; is the broker running there?",
          e);
    }
    if (found.isEmpty()) {
      throw new IOException("topic " + topic + " does not exist at " + connection.servers());
    }
    return found.stream().map(part -> new TopicPartition(topic, part.partition())).toList();
  }

  /** Moves the consumer to the first record wanted; returns where to end, null for nowhere. */
  private Map<TopicPartition, Long> start(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> newest = consumer.endOffsets(partitions, PATIENCE);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      newest.forEach(consumer::seek);
    }
    return toEnd ? new HashMap<>(newest) : null;
  }

  private void record(
      KafkaConsumer<byte[], byte[]> consumer,
      RecordingWriter recording,
      Map<TopicPartition, Long> ends) {
    long start = System.nanoTime();
    long longest = duration == null ? Long.MAX_VALUE : (long) (duration * 1e9);
    while (!stopped
        && !recording.isBroken()
        && System.nanoTime() - start < longest
        && !isAtEnd(consumer, ends)) {
      try {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
          if (ends == null
              || found.offset() < ends.get(new TopicPartition(topic, found.partition()))) {
            recording.write(
                found.partition(), found.timestamp(), found.key(), found.value(), found.headers());
          }
        }
      } catch (WakeupException e) {
        stopped = true;
      }
    }
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    if (ends == null) {
      return false;
    }
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (consumer.position(end.getKey(), PATIENCE) < end.getValue()) {
        return false;
      }
    }
    return true;
  }
}
