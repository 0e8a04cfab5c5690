package org.driftwatch.quality.service;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.quality.check.Flow;
import org.driftwatch.quality.check.Judge;

/**
 * One look, for scripts: what a running service says, or, where none has said anything for long, a
 * judgement of the newest half an hour of the results. Prints JSON; the exit status is that of
 * Nagios plugins.
 */
final class CheckRun {
  /** Exit status where nothing can be said. */
  static final int UNKNOWN = 3;

  /** A service gives a sign of life every half a minute. */
  private static final Duration SILENCE = Duration.ofSeconds(75);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Setup setup;
  private final Clock clock;

  /**
   * What was found.
   *
   * @param judgedBy who judged: {@code service} or {@code check}
   */
  private record Found(String judgedBy, Judgement judgement, List<AlarmMessage> open) {}

  CheckRun(Setup setup, Clock clock) {
    this.setup = setup;
    this.clock = clock;
  }

  /**
   * Looks, and prints what it sees in a line.
   *
   * @param patience how long to wait for Kafka and for something to judge
   * @return the exit status
   */
  int run(Appendable out, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      String why;
      try (Admin admin = new Clients(setup.access()).admin();
          Consumer<byte[], byte[]> consumer = new Clients(setup.access()).consumer()) {
        Optional<Found> found = look(admin, consumer);
        if (found.isPresent()) {
          return print(out, found.get());
        }
        why =
            "topic "
                + setup.topics().results()
                + " at "
                + setup.access().servers()
                + " does not exist or is empty";
      } catch (IOException e) {
        why = e.getMessage();
      } catch (ExecutionException | KafkaException e) {
        why = Failure.reason(setup.access(), e);
      }
      if (System.nanoTime() > deadline) {
        ObjectNode json = head(Level.UNDECIDED);
        json.put("message", why).putArray("verdicts");
        json.putArray("alarms");
        return print(out, json, Level.UNDECIDED);
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private Optional<Found> look(Admin admin, Consumer<byte[], byte[]> consumer)
      throws ExecutionException, InterruptedException {
    TopicNames topics = setup.topics();
    List<AlarmMessage> open = new ArrayList<>();
    Inbox inbox = new Inbox(new Metrics(new Caller(List.of()), clock));
    for (ConsumerRecord<byte[], byte[]> message : state(admin, consumer, topics.alarms())) {
      inbox.read(message, AlarmMessage::read).filter(AlarmMessage::isOpen).ifPresent(open::add);
    }
    Collection<ConsumerRecord<byte[], byte[]>> said = state(admin, consumer, topics.quality());
    if (said.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0)
        > clock.millis() - SILENCE.toMillis()) {
      List<Verdict> verdicts = new ArrayList<>();
      Optional<Instant> window = Optional.empty();
      for (ConsumerRecord<byte[], byte[]> message : said) {
        Optional<QualityMessage> read = inbox.read(message, QualityMessage::read);
        read.filter(verdict -> verdict.verdict().check() != Check.OVERALL)
            .ifPresent(verdict -> verdicts.add(verdict.verdict()));
        Optional<Instant> before = window;
        window = read.flatMap(QualityMessage::window).or(() -> before);
      }
      return Optional.of(new Found("service", new Judgement(window, verdicts), open));
    }
    Optional<TopicDescription> results = NewTopics.find(admin, topics.results(), AclOperation.READ);
    return results.isEmpty()
        ? Optional.empty()
        : judged(admin, consumer, inbox, results.get())
            .map(judgement -> new Found("check", judgement, open));
  }

  private static Collection<ConsumerRecord<byte[], byte[]>> state(
      Admin admin, Consumer<byte[], byte[]> consumer, String topic)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> found = NewTopics.find(admin, topic, AclOperation.READ);
    return found.isEmpty() ? List.of() : StateReader.read(consumer, found.get()).values();
  }

  /** A judgement of the newest results; empty where there are none. */
  private Optional<Judgement> judged(
      Admin admin, Consumer<byte[], byte[]> consumer, Inbox inbox, TopicDescription results)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(StateReader.partitions(results));
    Map<TopicPartition, Long> starts = new Beginning(consumer, Map.of(), false).before(ends);
    if (starts.equals(ends)) {
      return Optional.empty();
    }
    Judge judge = setup.judge();
    long[] newest = {0};
    History.show(
        consumer,
        inbox,
        starts,
        ends,
        window -> {
          judge.window(window);
          judge.judge(Flow.PAST);
        },
        message -> newest[0] = Math.max(newest[0], message.timestamp()));
    Optional<Duration> sinceStatus = Optional.empty();
    for (ConsumerRecord<byte[], byte[]> message : state(admin, consumer, setup.topics().status())) {
      sinceStatus = Optional.of(age(message.timestamp()));
      inbox.read(message, StatusMessage::read).ifPresent(judge::status);
    }
    return Optional.of(judge.judge(new Flow(Optional.of(age(newest[0])), sinceStatus)));
  }

  private Duration age(long timestamp) {
    return Duration.ofMillis(Math.max(0, clock.millis() - timestamp));
  }

  private static int print(Appendable out, Found found) {
    Level level = found.judgement().level();
    ObjectNode json = head(level);
    json.put("judged_by", found.judgedBy());
    found.judgement().window().ifPresent(window -> json.put("window", SummaryJson.key(window)));
    List<Verdict> alarming =
        found.judgement().verdicts().stream().filter(v -> v.level().alarms()).toList();
    json.put(
        "message",
        alarming.isEmpty()
            ? level == Level.GOOD ? "no check finds anything" : "too few entries to tell"
            : alarming.stream()
                .map(v -> v.subject() + ", " + v.check().title() + ": " + v.message())
                .collect(Collectors.joining("; ")));
    ArrayNode verdicts = json.putArray("verdicts");
    for (Verdict verdict : found.judgement().verdicts()) {
      verdicts
          .addObject()
          .put("subject", verdict.subject().key())
          .put("check", verdict.check().key())
          .put("level", word(verdict.level()))
          .put("message", verdict.message());
    }
    ArrayNode alarms = json.putArray("alarms");
    try {
      for (AlarmMessage alarm : found.open()) {
        alarms.add(JSON.readTree(alarm.write()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return print(out, json, level);
  }

  private static ObjectNode head(Level level) {
    return JSON.createObjectNode()
        .put("version", 1)
        .put("level", word(level))
        .put("status", status(level));
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static int status(Level level) {
    return switch (level) {
      case GOOD -> 0;
      case WARNING -> 1;
      case BAD -> 2;
      case UNDECIDED -> UNKNOWN;
    };
  }

  private static int print(Appendable out, ObjectNode json, Level level) {
    try {
      out.append(json.toString()).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return status(level);
  }
}
