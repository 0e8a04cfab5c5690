package org.driftwatch.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** No input makes a parser of this module fail or hang; see {@link Fuzzer}. */
class FuzzTest {
  @Test
  void clientPropertiesAreReadOrRefused() {
    Path file = Path.of("client.properties");
    Fuzzer.run(
        "client properties",
        Fuzzer.texts(
            "security.protocol=SASL_SSL\nsasl.mechanism = PLAIN\n# remark\nssl.truststore.type:PEM\n",
            "sasl.jaas.config=a.b.Login required \\\n  username=\"u\" password=\"p\\u00e4\";\n"),
        List.of("=", ":", "\\\n", "#", "!", "\\u00", "\\", " ", "\n", "(.*)*", "\r"),
        IOException.class,
        input -> ClientProperties.parse(file, Fuzzer.text(input)));
  }

  @Test
  void serversAreReadOrRefused() {
    Fuzzer.run(
        "Kafka servers",
        Fuzzer.texts("host:9092", "127.0.0.1:19092,[::1]:9093", "SASL_SSL://a.b-c.example:9094"),
        List.of("[", "]", "://", ":", ",", "65535", "65536", "::", " "),
        IllegalArgumentException.class,
        input -> KafkaAccess.at(Fuzzer.option(input)));
  }
}
