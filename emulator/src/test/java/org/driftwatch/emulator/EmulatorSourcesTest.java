package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.driftwatch.files.remote.ContainerServer;
import org.driftwatch.files.remote.Dataset;
import org.driftwatch.files.remote.PrivateAuthority;
import org.driftwatch.files.remote.S3Server;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as a program that plays what lies elsewhere into a real broker. */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class EmulatorSourcesTest {
  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void takeBroker(EmbeddedBroker shared) {
    broker = shared;
  }

  private Program emulator(String topic, Map<String, String> environment, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--kafka", broker.bootstrapServers(), "--topic", topic));
    arguments.addAll(List.of("--format", "csv"));
    arguments.addAll(List.of(options));
    return Program.start(folder, environment, EmulatorMain.class, arguments.toArray(String[]::new));
  }

  /** The topic must hold the rows of the dataset from one number to before another, in order. */
  private static void requireReceived(String topic, long from, long to) {
    long orbit = from;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (var received : consumer.poll(Duration.ofSeconds(1))) {
          String row = new String(received.value(), StandardCharsets.US_ASCII);
          assertThat(row, is("2," + orbit % 2 + ",17," + orbit + ",3563,30"));
          orbit++;
        }
      }
    }
    assertThat(orbit, is(to));
  }

  @Test
  void aDatasetOfAnS3StoreArrivesRowByRow() throws Exception {
    try (S3Server s3 = S3Server.start(folder, false)) {
      s3.createBucket("course");
      s3.put("course", Dataset.files(81, 500));
      try (Program emulator =
          emulator(
              "s3",
              Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET),
              "--source",
              "s3://course/data_",
              "--s3-endpoint",
              s3.endpoint().toString(),
              "--rate",
              "0")) {
        assertThat(emulator.err(), emulator.awaitStatus(), is(0));
        assertThat(emulator.out(), containsString("sent 40500 records"));
        assertThat(emulator.out(), containsString("acknowledged 40500"));
        assertThat(emulator.err(), emulator.err().lines().count(), is(1L));
      }
    }
    requireReceived("s3", 0, 40_500);
  }

  @Test
  void aContainerWhoseConnectionsBreakArrivesRowByRow() throws Exception {
    PrivateAuthority authority = PrivateAuthority.shared();
    try (ContainerServer server = new ContainerServer(authority.valid(), 5)) {
      server.objects.putAll(Dataset.files(40, 500));
      server.cutShare = 0.4;
      try (Program emulator =
          emulator(
              "container",
              Map.of(),
              "--source",
              server.address(),
              "--ca-file",
              authority.pem().toString(),
              "--rate",
              "0")) {
        assertThat(emulator.err(), emulator.awaitStatus(), is(0));
        assertThat(emulator.out(), containsString("acknowledged 20000"));
        assertThat(emulator.err().lines().count(), greaterThan(5L));
      }
    }
    requireReceived("container", 0, 20_000);
  }

  @Test
  void whatWasSentBeforeASourceFailedIsAccountedForAndTheRestCanFollow() throws Exception {
    byte[] whole = Dataset.gzip(Dataset.csv(1000, 21_000));
    Files.write(folder.resolve("data_000000.csv"), Dataset.csv(0, 1000));
    Path second = folder.resolve("data_000001.csv.gz");
    Files.write(second, java.util.Arrays.copyOf(whole, whole.length - 2000));
    String[] options = {"--source", folder + "/data_*", "--rate", "0"};
    String next;
    try (Program emulator = emulator("broken", Map.of(), options)) {
      assertThat(emulator.awaitStatus(), is(1));
      String last = emulator.err().strip().lines().reduce((a, b) -> b).orElseThrow();
      assertThat(
          last,
          allOf(
              startsWith("emulator: " + second + " line "),
              containsString("its gzip data ends early, at byte " + (whole.length - 2000))));
      next = last.replaceFirst(".*\\(--from (.*) resumes here\\)$", "$1");
      long sent = 1000 + Long.parseLong(next.substring(next.lastIndexOf(':') + 1)) - 1;
      assertThat(emulator.out(), containsString("sent " + sent + " records"));
      assertThat(emulator.out(), containsString("acknowledged " + sent));
      requireReceived("broken", 0, sent);
    }
    Files.write(second, whole);
    try (Program emulator =
        emulator("broken", Map.of(), "--source", options[1], "--rate", "0", "--from", next)) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    requireReceived("broken", 0, 21_000);
  }

  @Test
  void aStreamThatWaitsForASourceIsStoppedWithStatusZero() throws Exception {
    Semaphore stalled = new Semaphore(0);
    try (ContainerServer server = new ContainerServer(null, 1)) {
      server.objects.putAll(Dataset.files(2, 1000));
      server.amidSending =
          name -> {
            if (name.equals("data_000001.csv")) {
              stalled.acquireUninterruptibly();
            }
          };
      try (Program emulator =
          emulator("stalled", Map.of(), "--source", server.address(), "--rate", "0")) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .untilAsserted(() -> requireReceived("stalled", 0, 1000));
        emulator.terminate();
        assertThat(emulator.err(), emulator.awaitStatus(), is(0));
        assertThat(emulator.out(), containsString("acknowledged 1000"));
      } finally {
        stalled.release();
      }
    }
  }

  @Test
  void optionsThatMakeNoSenseAreOneLine() throws Exception {
    Files.write(folder.resolve("a.csv"), Dataset.csv(0, 10));
    String file = "--source " + folder + "/a.csv ";
    String kafka = " --quiet --topic none --kafka " + broker.bootstrapServers();
    Object[][] cases = {
      {2, "--from a.csv", "--from needs --source"},
      {2, file + "--s3-endpoint http://s3.example.org", "is not protected; use https://"},
      {2, file + "--s3-endpoint s3.example.org", "is not an address, expected https://"},
      {1, file + "--from b.csv:5", "no file of this name, expected one of " + folder + "/a.csv"},
      {1, file + "--from a.csv:12", "a.csv:12: it has 10 rows only"},
      {1, "--source https://127.0.0.1:1/c/", "the server cannot be reached"},
      {1, "--source s3://c --s3-endpoint https://127.0.0.1:1 --s3-anonymous", "cannot be reached"},
    };
    for (Object[] c : cases) {
      Refusal.require((Integer) c[0], c[1] + kafka, (String) c[2]);
    }
  }
}
