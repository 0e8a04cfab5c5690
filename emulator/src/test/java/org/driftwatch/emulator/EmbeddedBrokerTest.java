package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {
  @TempDir Path folder;

  private static void createTopic(EmbeddedBroker broker, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void send(EmbeddedBroker broker, String topic, byte[] value) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "max.request.size",
            EmbeddedBroker.MAX_RECORD_BYTES + 1024,
            "buffer.memory",
            2L * EmbeddedBroker.MAX_RECORD_BYTES);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static byte[] first(EmbeddedBroker broker, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      for (int i = 0; i < 30; i++) {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofSeconds(1))) {
          return found.value();
        }
      }
      throw new AssertionError("no record on " + topic + " within 30 s");
    }
  }

  @Test
  void servesWhatAnEarlierBrokerLeftInTheFolder() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      assertThat(broker.bootstrapServers(), startsWith("127.0.0.1:"));
      createTopic(broker, "kept");
      send(broker, "kept", new byte[] {1, 2, 3});
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      assertThat(first(broker, "kept"), equalTo(new byte[] {1, 2, 3}));
    }
  }

  @Test
  void takesRecordsOf64MebibytesAndMakesNoTopicByItself() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      createTopic(broker, "large");
      byte[] large = new byte[EmbeddedBroker.MAX_RECORD_BYTES];
      large[large.length - 1] = 7;
      send(broker, "large", large);
      assertThat(first(broker, "large"), equalTo(large));

      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        ExecutionException failure =
            assertThrows(
                ExecutionException.class,
                () -> admin.describeTopics(List.of("unmade")).allTopicNames().get());
        assertThat(failure.getCause(), instanceOf(UnknownTopicOrPartitionException.class));
      }
    }
  }

  @Test
  void aPortInUseIsAFailureThatNamesIt() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      IOException failure =
          assertThrows(IOException.class, () -> EmbeddedBroker.start(folder, taken.getLocalPort()));
      assertThat(
          failure.getMessage(),
          allOf(
              containsString("port " + taken.getLocalPort()),
              containsString("choose another port")));
    }
  }

  @Test
  void afterCloseThePortIsFree() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
    int port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
    broker.close();
    broker.close();
    try (ServerSocket socket = new ServerSocket(port)) {
      assertThat(socket.getLocalPort(), is(port));
    }
  }

  @Test
  void aFolderThatIsAFileIsAFailureThatNamesIt() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    IOException failure = assertThrows(IOException.class, () -> EmbeddedBroker.start(file, 0));
    assertThat(failure.getMessage(), containsString(file + " cannot be written"));
  }
}
