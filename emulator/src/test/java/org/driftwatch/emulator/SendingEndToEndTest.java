package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.stringContainsInOrder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.emulator.send.Sent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys, partitions, permissions, and a rate that is changed meanwhile, with a real broker. */
@Timeout(180)
@ExtendWith(SharedBroker.class)
class SendingEndToEndTest {
  private static final String FORBIDDEN = "forbidden";
  private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/rate");

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void takeBroker(EmbeddedBroker shared) {
    broker = shared;
  }

  private Program emulator(String topic, String... options) throws IOException {
    return Program.emulator(folder, broker, topic, options);
  }

  private List<ConsumerRecord<byte[], byte[]>> sent(String topic, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--rate", "0", "--limit", "4000"));
    all.addAll(List.of(options));
    try (Program emulator = emulator(topic, all.toArray(String[]::new))) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    return Topic.read(broker, topic);
  }

  private static List<Long> hits(ConsumerRecord<byte[], byte[]> found) {
    boolean words = found.headers().lastHeader("format") != null;
    return Sent.readHits(found.value(), words);
  }

  private static String key(ConsumerRecord<byte[], byte[]> found) {
    return found.key() == null ? null : new String(found.key(), StandardCharsets.US_ASCII);
  }

  @Test
  void rowsOfOneKeyGoToOnePartition() throws Exception {
    Map<String, Set<Integer>> partitions = new HashMap<>();
    List<ConsumerRecord<byte[], byte[]>> found =
        sent("by-orbit", "--key", "orbit", "--partitions", "4");
    for (ConsumerRecord<byte[], byte[]> one : found) {
      for (long hit : hits(one)) {
        assertThat(key(one), is(Long.toString(Course.orbit(hit))));
        partitions.computeIfAbsent(key(one), k -> new HashSet<>()).add(one.partition());
      }
    }
    assertThat(partitions.values(), everyItem(hasSize(1)));
    assertThat(found.stream().map(ConsumerRecord::partition).distinct().toList(), hasSize(4));
  }

  @Test
  void blocksOfAKeyHoldItsRowsOnly() throws Exception {
    ChannelMap map = new ChannelMap(Course.DETECTOR);
    Set<String> keys = new HashSet<>();
    Map<Long, Long> stamps = new HashMap<>();
    int rows = 0;
    for (ConsumerRecord<byte[], byte[]> one :
        sent("chambers", "--key", "chamber", "--format", "words", "--partitions", "2")) {
      keys.add(key(one));
      for (long hit : hits(one)) {
        rows++;
        int cell = map.cell(hit);
        assertThat(key(one), is(cell < map.scintillator() ? Integer.toString(cell / 64) : null));
        Long first = stamps.putIfAbsent(Course.orbit(hit), one.timestamp());
        assertThat(first == null ? one.timestamp() : first, is(one.timestamp()));
      }
    }
    Set<String> expected = new HashSet<>(List.of("0", "1", "2", "3"));
    expected.add(null);
    assertThat(keys, is(expected));
    assertThat(rows, greaterThan(3000));
  }

  @Test
  void recordsAreSpreadAsAskedFor() throws Exception {
    Map<Integer, Integer> counts = new HashMap<>();
    sent("in-turn", "--partitioning", "round-robin", "--partitions", "4")
        .forEach(one -> counts.merge(one.partition(), 1, Integer::sum));
    assertThat(counts, is(Map.of(0, 1000, 1, 1000, 2, 1000, 3, 1000)));
    assertThat(
        sent("one", "--partitioning", "2", "--partitions", "4").stream()
            .map(ConsumerRecord::partition)
            .distinct()
            .toList(),
        is(List.of(2)));
    try (Program emulator = emulator("one", "--partitioning", "4", "--limit", "5")) {
      assertThat(emulator.awaitStatus(), is(1));
      assertThat(emulator.err(), containsString("asks for partition 4, topic one has 0 to 3"));
    }
  }

  @Test
  void aTopicThatMayNotBeMadeIsToldInOneLine() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<AclBinding> rules = new ArrayList<>();
      ResourcePattern cluster =
          new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
      ResourcePattern topic =
          new ResourcePattern(ResourceType.TOPIC, FORBIDDEN, PatternType.LITERAL);
      rules.add(rule(cluster, AclOperation.ALL, AclPermissionType.ALLOW));
      rules.add(rule(cluster, AclOperation.CREATE, AclPermissionType.DENY));
      rules.add(rule(topic, AclOperation.DESCRIBE, AclPermissionType.ALLOW));
      rules.add(rule(topic, AclOperation.CREATE, AclPermissionType.DENY));
      admin.createAcls(rules).all().get();
      try (Program emulator = emulator(FORBIDDEN, "--limit", "5")) {
        assertThat(emulator.awaitStatus(), is(1));
        assertThat(
            emulator.err(),
            allOf(
                containsString("topic forbidden does not exist and cannot be created"),
                containsString("uthoriz")));
        assertThat(emulator.err().strip().lines().count(), is(1L));
      } finally {
        admin.deleteAcls(rules.stream().map(AclBinding::toFilter).toList()).all().get();
      }
    }
  }

  private static AclBinding rule(
      ResourcePattern what, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(
        what, new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
  }

  private Program rate(String... arguments) throws IOException {
    return Program.start(folder, RateMain.class, arguments);
  }

  @Test
  void theRateIsChangedFromAnotherProgramWithinASecond() throws Exception {
    try (Program emulator = emulator("changed", "--rate", "0.01", "--control", "0")) {
      emulator.awaitErr("/rate");
      Matcher address = PORT.matcher(emulator.err());
      assertThat(emulator.err(), address.find(), is(true));
      String port = address.group(1);
      assertThat(answer(port), matchesPattern("\\{\"pace\":\"rate\",\"rate\":0.01,.*"));
      long asked = System.currentTimeMillis();
      assertThat(answer(port, "5000"), matchesPattern("\\{\"pace\":\"rate\",\"rate\":5000,.*"));
      long answered = System.currentTimeMillis();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Topic.read(broker, "changed").size() > 6000);
      // Records are stamped with the time at which they are due, whenever they get through.
      List<Long> due =
          Topic.read(broker, "changed").stream()
              .map(ConsumerRecord::timestamp)
              .filter(stamp -> stamp >= asked)
              .toList();
      assertThat(due.get(0), lessThan(answered + 1000));
      assertThat(due.get(5000) - due.get(0), is(both(greaterThan(990L)).and(lessThan(1010L))));
      assertThat(answer(port, "detectorx0.5"), containsString("\"speed\":0.5"));
      try (Program refused = rate("--emulator", port, "recorded")) {
        assertThat(refused.awaitStatus(), is(1));
        assertThat(refused.err().strip(), containsString("recorded: this is no replay"));
        assertThat(refused.err().strip().lines().count(), is(1L));
      }
      try (Program second = emulator("changed", "--control", port, "--quiet")) {
        assertThat(second.awaitStatus(), is(1));
        assertThat(second.out(), is(""));
        assertThat(second.err(), containsString("port " + port + " on 127.0.0.1 cannot be used"));
        assertThat(second.err().strip().lines().count(), is(1L));
      }
      emulator.terminate();
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      int arrived = Topic.read(broker, "changed").size();
      assertThat(emulator.out(), containsString("acknowledged " + arrived));
      try (Program nobody = rate("--emulator", port)) {
        assertThat(nobody.awaitStatus(), is(1));
        assertThat(nobody.err(), containsString("no emulator answers on 127.0.0.1:" + port));
        assertThat(nobody.err().strip().lines().count(), is(1L));
      }
    }
  }

  private String answer(String port, String... rate) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--emulator", port));
    arguments.addAll(List.of(rate));
    try (Program asked = rate(arguments.toArray(String[]::new))) {
      assertThat(asked.err(), asked.awaitStatus(), is(0));
      return asked.out().strip();
    }
  }

  @Test
  void aProfileEndsTheStreamWithAllItsRows() throws Exception {
    try (Program emulator =
        emulator(
            "profile",
            "--profile",
            "1000:500ms,1000-5000:500ms,burst 700",
            "--profile-times",
            "2")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("sent 5400 records"));
    }
  }

  @Test
  void helpListsTheOptionsByRole() {
    String help = Programs.commandLine(new EmulatorMain()).getUsageMessage();
    String[] order = {
      "Source:",
      "--source=",
      "--seed=",
      "Pace and length:",
      "--rate=",
      "--limit=",
      "Topic and records:",
      "--topic=",
      "Kafka:",
      "--kafka=",
      "Recording and replay:",
      "--record=",
      "Fault injection:",
      "--inject=",
      "--fault=",
      "General:",
      "--quiet ",
      "--help",
      "Exit status:"
    };
    List<String> indented = List.of(order).stream().map(part -> "\n" + part).toList();
    assertThat(help.replaceAll("\n(  -h,)? +--", "\n--"), stringContainsInOrder(indented));
  }

  @Test
  void badOptionsOfPaceAndSendingAreOneLine() {
    String[][] cases = {
      {"--rates 5", "did you mean --rate?"},
      {"--rate 5 --limit 1 --rate -1", "--rate -1.0: expected 0"},
      {"--inject silence=1 --rate 5 --inject lost=1", "kind \"lost\""},
      {"--pace slow", "--pace \"slow\": expected"},
      {"--pace detectorx0", "expected a speed above 0"},
      {"--pace detector --rate 5", "expected no --rate"},
      {"--profile 5", "--profile step 1 \"5\": expected"},
      {"--profile 5:1s --rate 5", "expected neither --rate nor --pace"},
      {"--profile-times -1 --profile 5:1s", "--profile-times -1"},
      {"--max-pause -1", "--max-pause -1.0"},
      {"--control 70000", "--control 70000: expected a port"},
      {"--key orbit --format words", "--key orbit: a block of words"},
      {"--key colour", "colour"},
      {"--partitioning some", "--partitioning \"some\": expected auto"},
      {"--inject lost=1", "--inject kind \"lost\": expected one of"},
      {"--inject malformed=1,burst=2 --rate 0", "--inject burst: with --rate 0 all rows come"},
      {"--inject-log x", "--inject-log x needs --inject or --fault"},
      {
        "--fault daed:chamber2@5s",
        "--fault \"daed:chamber2@5s\": kind \"daed\", did you mean dead?"
      },
      {"--fault dead:chamber2@5s --fault dead:chamber2@7s", "expected different times or places"},
      {"--detector two-stations --fault dead:chamber2@5s", "has 2 chambers, expected chamber0"},
      {"--replay x.rec --fault dead:chamber2@5s", "expected no --source, --inject or --fault"},
    };
    for (String[] c : cases) {
      Refusal.require(2, c[0], c[1]);
    }
  }
}
