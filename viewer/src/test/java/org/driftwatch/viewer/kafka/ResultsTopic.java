package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/** A results topic on a real broker, as the pipeline and others write to it. */
public final class ResultsTopic implements AutoCloseable {
  private static final long SECONDS = 30;

  private final String name;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /** A topic of this name, not made yet. */
  public ResultsTopic(String bootstrap, String name) {
    this(Map.of("bootstrap.servers", bootstrap), name);
  }

  /** A topic of this name, not made yet, at a broker that wants these client properties. */
  public ResultsTopic(Map<String, Object> properties, String name) {
    this.name = name;
    this.admin = Admin.create(properties);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Makes the topic. */
  public void create(int partitions) {
    await(
        admin
            .createTopics(
                List.of(
                    new NewTopic(name, partitions, (short) 1)
                        .configs(Map.of("cleanup.policy", "compact"))))
            .all());
  }

  /** Deletes the topic. */
  public void delete() {
    await(admin.deleteTopics(List.of(name)).all());
  }

  /** Gives it more partitions. */
  public void grow(int partitions) {
    await(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all());
  }

  /** Publishes a window under its key. */
  public void publish(WindowSummary window) {
    String key = SummaryJson.key(window.window().orElseThrow().start());
    send(new ProducerRecord<>(name, key.getBytes(UTF_8), SummaryJson.write(window)));
  }

  /** Publishes windows, one after the other, under their keys. */
  public void publish(List<WindowSummary> windows) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (WindowSummary window : windows) {
      String key = SummaryJson.key(window.window().orElseThrow().start());
      sent.add(
          producer.send(
              new ProducerRecord<>(name, key.getBytes(UTF_8), SummaryJson.write(window))));
    }
    sent.forEach(ResultsTopic::await);
  }

  /** Publishes a window into a partition. */
  public void publish(WindowSummary window, int partition) {
    String key = SummaryJson.key(window.window().orElseThrow().start());
    send(new ProducerRecord<>(name, partition, key.getBytes(UTF_8), SummaryJson.write(window)));
  }

  /** Sends any bytes under any key. */
  public void send(String key, String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    send(new ProducerRecord<>(name, key.getBytes(UTF_8), bytes));
  }

  private void send(ProducerRecord<byte[], byte[]> message) {
    await(producer.send(message));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
    return await(future.toCompletionStage().toCompletableFuture());
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
    admin.close(java.time.Duration.ZERO);
  }
}
