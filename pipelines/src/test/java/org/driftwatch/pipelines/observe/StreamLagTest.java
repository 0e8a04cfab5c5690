package org.driftwatch.pipelines.observe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.emulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamLagTest {
  private static final String TOPIC = "stream";

  @TempDir Path data;
  private EmbeddedBroker broker;
  private Admin admin;

  @BeforeEach
  void fillTwoPartitions() throws Exception {
    broker = EmbeddedBroker.start(data, 0);
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(client);
    admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(2), Optional.empty()))).all().get();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 8; i++) {
        producer.send(new ProducerRecord<>(TOPIC, i < 5 ? 0 : 1, null, new byte[1])).get();
      }
    }
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void theLagIsWhatTheBrokerHoldsBeyondWhatWasParsed() {
    StreamLag lag = new StreamLag(admin, TOPIC, Map.of(0, 2L, 1, 0L));

    assertThat(lag.records(Map.of()), is(Map.of("0", 3.0, "1", 3.0)));
    assertThat(lag.records(Map.of("0", 4L)), is(Map.of("0", 1.0, "1", 3.0)));
    assertThat(lag.records(Map.of("0", 5L, "1", 3L)), is(Map.of("0", 0.0, "1", 0.0)));
  }

  @Test
  void whatWasParsedIsNotForgottenWhereABlockBeforeItIsToldLater() {
    StreamLag lag = new StreamLag(admin, TOPIC, Map.of(0, 0L, 1, 0L));

    lag.records(Map.of("0", 4L));

    assertThat(lag.records(Map.of("0", 2L)).get("0"), is(1.0));
  }

  @Test
  void whereTheBrokerDoesNotAnswerThereIsNoFigure() {
    broker.close();
    try (Admin impatient =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "request.timeout.ms",
                200,
                "default.api.timeout.ms",
                500))) {
      StreamLag lag = new StreamLag(impatient, TOPIC, Map.of(0, 2L));

      assertThat(lag.records(Map.of()), is(anEmptyMap()));
    }
  }
}
