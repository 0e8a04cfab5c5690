package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a script meets it: a status, and one line for what went wrong. */
class ExportMainTest {
  @TempDir Path folder;

  private final PrintStream error = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
    System.setOut(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setErr(error);
    System.setOut(out);
  }

  private void says(int status, String reason, String... arguments) {
    said.reset();
    var line = ExportMain.commandLine();
    line.setErr(new java.io.PrintWriter(System.err, true, UTF_8));
    assertThat(said.toString(UTF_8), line.execute(arguments), is(status));
    assertThat(said.toString(UTF_8), containsString(reason));
    assertThat(said.toString(UTF_8), said.toString(UTF_8).lines().count(), is(1L));
  }

  private Path messages(String... lines) throws Exception {
    Path file = folder.resolve("results.jsonl");
    Files.writeString(file, String.join("\n", lines));
    return file;
  }

  @Test
  void wrongOptionsAreRefusedWithStatusTwo() throws Exception {
    String input = messages().toString();
    says(2, "'yesterday', expected a time in UTC", "--output", "a.root", "--from", "yesterday");
    says(2, "'10', expected a length", "--output", "a.root", "--last", "10");
    says(2, "--last or --from", "--output", "a.csv", "--last", "1m", "--from", "2026-01-01T00:00");
    says(
        2,
        "is not before",
        "--output",
        "a.csv",
        "--from",
        "2026-01-01T00:00",
        "--to",
        "2026-01-01T00:00");
    says(2, "expected .root, .json, .h5, .hdf5, .nxs, .csv", "--output", "a.xls");
    says(2, "expected .root", "--output", "root", "--input", input);
    says(2, "--output", "--input", input);
  }

  @Test
  void whatCannotBeReadOrWrittenIsToldWithStatusOne() throws Exception {
    String output = folder.resolve("a.root").toString();
    says(1, "does not exist", "--input", folder.resolve("none").toString(), "--output", output);
    says(1, folder + " is no file", "--input", folder.toString(), "--output", output);
    says(1, "no window of any time", "--input", messages().toString(), "--output", output);
    String window =
        new String(SummaryJson.write(Samples.window(new Random(1), 0, 0, List.of())), UTF_8);
    String input = messages(window).toString();
    says(1, "does not exist", "--input", input, "--output", folder.resolve("no/a.root").toString());
    says(1, "Kafka at 127.0.0.1:1", "--kafka", "127.0.0.1:1", "--output", output);
    assertThat(Files.exists(Path.of(output)), is(false));
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyWhenAsked() throws Exception {
    String window =
        new String(SummaryJson.write(Samples.window(new Random(1), 0, 0, List.of())), UTF_8);
    String input = messages(window).toString();
    Path output = folder.resolve("a.json");
    Files.writeString(output, "mine");

    says(1, "--replace replaces it", "--input", input, "--output", output.toString());
    assertThat(Files.readString(output), is("mine"));
    says(
        0,
        "histograms of 1 window, 2026-12-01T12:00:00Z to 2026-12-01T12:00:05Z",
        "--replace",
        "--input",
        input,
        "--output",
        output.toString());
    assertThat(Files.readString(output), containsString("uhi_schema"));
  }

  @Test
  void theTopicsWindowsAreAddedUpFromAllPartitions() throws Exception {
    Random random = new Random(5);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(config)) {
        admin.createTopics(List.of(new NewTopic("results", 3, (short) 1))).all().get();
      }
      says(
          1,
          "topic none does not exist",
          "--kafka",
          broker.bootstrapServers(),
          "--topic",
          "none",
          "--output",
          folder.resolve("a.json").toString());
      long hits = 0;
      try (KafkaProducer<String, byte[]> producer =
          new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
        for (int number = 0; number < 30; number++) {
          for (int revision = 0; revision <= number % 2; revision++) {
            WindowSummary window = Samples.window(random, number, revision, List.of());
            String key = SummaryJson.key(window.window().orElseThrow().start());
            producer
                .send(new ProducerRecord<>("results", number % 3, key, SummaryJson.write(window)))
                .get();
            hits += revision == number % 2 ? window.hits() : 0;
          }
        }
      }
      Path output = folder.resolve("a.json");
      says(0, "30 windows", "--kafka", broker.bootstrapServers(), "--output", output.toString());
      JsonNode metadata =
          new ObjectMapper().readTree(output.toFile()).elements().next().get("metadata");
      assertThat(metadata.get("hits").asLong(), is(hits));
      assertThat(metadata.get("windows").asText(), is("30"));
    }
  }
}
