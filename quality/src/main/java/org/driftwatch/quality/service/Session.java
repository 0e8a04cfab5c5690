package org.driftwatch.quality.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.Alarms;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.quality.check.Flow;
import org.driftwatch.quality.check.Judge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service from the moment that it has taken the place of an earlier one until something goes
 * wrong or changes. All that it knows comes from the topics, and what it publishes counts together
 * with how far it has got: wherever it ends, the next one goes on as if nothing had been. For one
 * thread.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long TICK_NANOS = Duration.ofMillis(500).toNanos();
  private static final long PLACE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Setup setup;
  private final TopicNames topics;
  private final Uuid service;
  private final Receipts receipts;
  private final Caller caller;
  private final Metrics metrics;
  private final Clock clock;

  private final Judge judge;
  private final Alarms alarms;
  private final VerdictBook book;
  private final Inbox inbox;

  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;
  private final Outbox outbox;

  private final Map<String, Uuid> topicIds = new HashMap<>();

  /** Alarms that were acknowledged while they lasted, by the newest window then. */
  private final Map<Instant, List<AlarmMessage>> accepted = new HashMap<>();

  /** What the log says of open alarms. */
  private final Map<String, String> logged = new HashMap<>();

  private TopicWatch watch;
  private WindowQueue queue;
  private List<TopicPartition> commandPartitions = List.of();
  private Optional<WindowSummary.Span> newest = Optional.empty();
  private Judgement judgement = new Judgement(Optional.empty(), List.of());
  private boolean hasPlace;
  private long judgedAt;
  private long publishedAt;

  /**
   * A session that {@link #open} begins.
   *
   * @param connection stays the caller's
   * @param service tells this service from others in the same place
   */
  Session(
      Setup setup,
      Connection connection,
      Uuid service,
      Receipts receipts,
      Caller caller,
      Metrics metrics,
      Clock clock) {
    this.setup = setup;
    this.topics = setup.topics();
    this.service = service;
    this.receipts = receipts;
    this.caller = caller;
    this.metrics = metrics;
    this.clock = clock;
    judge = setup.judge();
    alarms = new Alarms(setup.guidance());
    book = new VerdictBook(setup.guidance());
    inbox = new Inbox(metrics);
    this.connection = connection;
    consumer = connection.consumer();
    outbox = new Outbox(connection.producer(), topics);
  }

  /**
   * Takes the place of an earlier session and makes its state its own.
   *
   * @throws SessionOver where there is nothing to read yet
   */
  void open() throws SessionOver, ExecutionException, InterruptedException {
    Admin admin = connection.admin();
    Optional<TopicDescription> results = NewTopics.find(admin, topics.results(), AclOperation.READ);
    if (results.isEmpty()) {
      throw new SessionOver(
          "topic "
              + topics.results()
              + " at "
              + setup.access().servers()
              + " does not exist yet; the pipeline creates it");
    }
    Optional<TopicDescription> status = NewTopics.find(admin, topics.status(), AclOperation.READ);
    TopicDescription quality = Topics.compacted(admin, topics.quality());
    TopicDescription alarmTopic = Topics.compacted(admin, topics.alarms());
    TopicDescription commands = Topics.plain(admin, topics.commands());
    watch =
        new TopicWatch(
            admin,
            Map.of(
                topics.results(), results,
                topics.status(), status,
                topics.quality(), Optional.of(quality),
                topics.alarms(), Optional.of(alarmTopic),
                topics.commands(), Optional.of(commands)));
    for (TopicDescription topic : List.of(results.get(), commands)) {
      topicIds.put(topic.name(), topic.topicId());
    }

    connection.producer().initTransactions();
    List<TopicPartition> read = new ArrayList<>(StateReader.partitions(results.get()));
    read.addAll(StateReader.partitions(commands));
    Map<TopicPartition, Place> places = Place.read(admin, topics.serviceId(), read);
    Collection<ConsumerRecord<byte[], byte[]>> said = StateReader.read(consumer, quality).values();
    Collection<ConsumerRecord<byte[], byte[]>> known =
        StateReader.read(consumer, alarmTopic).values();
    Beginning beginning =
        new Beginning(consumer, places, places.isEmpty() && said.isEmpty() && known.isEmpty());
    Map<TopicPartition, Long> starts = beginning.ofResults(results.get());
    Map<TopicPartition, Long> commandStarts = beginning.ofCommands(commands);
    commandPartitions = List.copyOf(commandStarts.keySet());
    // Who comes later, or was here before, knows by it which service is the one; and a first start
    // that is cut short here has begun at this very place.
    Map<TopicPartition, Long> all = new HashMap<>(starts);
    all.putAll(commandStarts);
    publish(all);
    hasPlace = true;

    restore(said, known);
    fill(beginning.before(starts), starts);
    restoreJudge();
    endWhatIsGone();
    listen(starts, commandStarts, status);
    metrics.session();
    tellMetrics();
    alarms.open().forEach(caller::call);
    LOG.info(
        "Judges topic {} at {}: {} alarms open",
        topics.results(),
        setup.access().servers(),
        alarms.open().size());
  }

  /** True once this service's name is beside its place. */
  boolean hasPlace() {
    return hasPlace;
  }

  private void restore(
      Collection<ConsumerRecord<byte[], byte[]>> said,
      Collection<ConsumerRecord<byte[], byte[]>> known) {
    long now = System.nanoTime();
    said.forEach(
        message ->
            inbox.read(message, QualityMessage::read).ifPresent(verdict -> restore(verdict, now)));
    known.forEach(
        message ->
            inbox
                .read(message, AlarmMessage::read)
                .ifPresent(
                    alarm -> {
                      alarms.restore(alarm);
                      alarm
                          .accepted()
                          .ifPresent(
                              window ->
                                  accepted
                                      .computeIfAbsent(window, key -> new ArrayList<>())
                                      .add(alarm));
                    }));
  }

  private void restore(QualityMessage message, long now) {
    Subject subject = message.verdict().subject();
    if (subject.isRun() || subject.chamber() < setup.detector().chambers().size()) {
      book.restore(message, now);
    } else {
      outbox.noVerdict(message);
    }
  }

  /** A chamber that the description no longer has is neither well nor not. */
  private void endWhatIsGone() {
    List<Verdict> gone =
        alarms.open().stream()
            .filter(alarm -> alarm.subject().chamber() >= setup.detector().chambers().size())
            .map(
                alarm ->
                    new Verdict(
                        alarm.subject(),
                        alarm.check(),
                        Level.GOOD,
                        0,
                        Double.NaN,
                        alarm.limit(),
                        0,
                        OptionalDouble.empty(),
                        List.of(),
                        "the detector's description has no such chamber"))
            .toList();
    alarms.judged(now(), new Judgement(judgement.window(), gone)).forEach(outbox::alarm);
  }

  /**
   * Gives the judge what it cannot know from the windows that it was shown: alarms that are older,
   * what was usual before them, and how long results have been waited for.
   */
  private void restoreJudge() {
    Set<String> lasting =
        alarms.open().stream()
            .filter(AlarmMessage::active)
            .map(AlarmMessage::verdictKey)
            .collect(Collectors.toSet());
    for (Verdict seen : judgement.verdicts()) {
      // What it was shown began with a fault that was over before: what it takes for a step is
      // none.
      if (seen.level().alarms() && !lasting.contains(seen.key())) {
        judge.accept(seen.subject(), seen.check());
      }
    }
    List<Verdict> said =
        book.said().stream()
            .map(QualityMessage::verdict)
            .filter(verdict -> lasting.contains(verdict.key()))
            .toList();
    judge.restore(said);
    said.stream()
        .filter(verdict -> verdict.check() == Check.RESULTS && verdict.value() > 0)
        .forEach(
            verdict -> receipts.waitedFor(Duration.ofMillis(Math.round(1e3 * verdict.value()))));
  }

  /** Shows the judge what it has seen before, and what was accepted then. */
  private void fill(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    History.show(
        consumer,
        inbox,
        from,
        to,
        window -> {
          judge.window(window);
          judged(judge.judge(Flow.PAST), window);
          window.window().ifPresent(span -> accept(span.start()));
        },
        message -> {});
    receipts.known(judgement.window());
    receipts.waitsAnew();
  }

  private void accept(Instant window) {
    for (AlarmMessage alarm : accepted.getOrDefault(window, List.of())) {
      judge.accept(alarm.subject(), alarm.check());
    }
  }

  /** Begins to read what comes. */
  private void listen(
      Map<TopicPartition, Long> results,
      Map<TopicPartition, Long> commands,
      Optional<TopicDescription> status) {
    List<TopicPartition> ofStatus = status.map(StateReader::partitions).orElse(List.of());
    List<TopicPartition> all = new ArrayList<>(results.keySet());
    all.addAll(commands.keySet());
    all.addAll(ofStatus);
    consumer.assign(all);
    results.forEach(consumer::seek);
    commands.forEach(consumer::seek);
    // How the monitor was at some time before says nothing of now.
    consumer.endOffsets(ofStatus).forEach(consumer::seek);
    if (consumer.endOffsets(ofStatus).values().stream().anyMatch(end -> end > 0)) {
      receipts.awaitStatus();
    }
    queue =
        new WindowQueue(
            consumer.endOffsets(results.keySet()),
            consumer::position,
            partition -> consumer.currentLag(partition).orElse(0));
  }

  /**
   * Judges what comes, while it is wanted.
   *
   * @throws SessionOver where a new session has to see to what has changed
   */
  void follow(BooleanSupplier isWanted) throws SessionOver, InterruptedException {
    while (isWanted.getAsBoolean()) {
      Optional<String> change = watch.change();
      if (change.isPresent()) {
        throw new SessionOver(change.get());
      }
      List<AlarmCommand> commands = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (message.topic().equals(topics.results())) {
          inbox.window(message).ifPresent(queue::add);
        } else if (message.topic().equals(topics.commands())) {
          inbox.read(message, AlarmCommand::read).ifPresent(commands::add);
        } else {
          inbox.read(message, StatusMessage::read).ifPresent(this::status);
        }
      }
      for (Optional<WindowQueue.Entry> next = queue.next(); next.isPresent(); next = queue.next()) {
        window(next.get());
      }
      History.pauseWhatIsFull(consumer, queue);
      commands.forEach(this::command);
      if (System.nanoTime() - judgedAt > TICK_NANOS) {
        tick();
      }
      caller.told().forEach(told -> alarms.called(clock.instant(), told).ifPresent(outbox::alarm));
      publish();
    }
  }

  private void status(StatusMessage status) {
    judge.status(status);
    receipts.status();
  }

  private void window(WindowQueue.Entry entry) {
    Optional<WindowSummary> summary = inbox.summary(entry);
    if (summary.isEmpty()) {
      return;
    }
    judge.window(summary.get());
    judged(judge.judge(receipts.flow()), summary.get());
    metrics.window();
    // One of another detector comes, too, though nobody can judge it.
    boolean isForeign = Judge.objection(setup.detector(), summary.get()).isPresent();
    receipts.result(isForeign ? Optional.of(entry.start()) : judgement.window());
    say(windowTime());
  }

  private void judged(Judgement next, WindowSummary window) {
    judgement = next;
    newest =
        window
            .window()
            .filter(span -> judgement.window().filter(span.start()::equals).isPresent())
            .or(() -> newest);
  }

  /** Of what a window told: its end, so that who judges it again says the same. */
  private Instant windowTime() {
    return newest.map(WindowSummary.Span::end).orElseGet(clock::instant);
  }

  /** Of what time told: now, but not before the newest window's end. */
  private Instant now() {
    Instant now = clock.instant();
    return newest.map(WindowSummary.Span::end).filter(end -> end.isAfter(now)).orElse(now);
  }

  private void tick() {
    judgement = judge.judge(receipts.flow());
    say(now());
    alarms.passed(clock.instant()).forEach(outbox::alarm);
  }

  private void command(AlarmCommand command) {
    Alarms.Outcome outcome = alarms.command(clock.instant(), judgement.window(), command);
    LOG.info("{}", outcome.answer());
    outcome.change().ifPresent(outbox::alarm);
    if (outcome.accepts()) {
      outcome
          .change()
          .ifPresent(
              alarm -> {
                judge.accept(alarm.subject(), alarm.check());
                tick();
              });
    }
  }

  private void say(Instant time) {
    judgedAt = System.nanoTime();
    alarms.judged(time, judgement).forEach(outbox::alarm);
    book.judged(time, judgement, judgedAt).forEach(outbox::verdict);
  }

  /** Publishes what has changed; without a change, now and then how far this has got. */
  private void publish() {
    if (outbox.size() > 0 || System.nanoTime() - publishedAt > PLACE_NANOS) {
      Map<TopicPartition, Long> taken = new HashMap<>(queue.taken());
      commandPartitions.forEach(partition -> taken.put(partition, consumer.position(partition)));
      List<AlarmMessage> published = publish(taken);
      tellMetrics();
      for (AlarmMessage alarm : published) {
        log(alarm);
        caller.call(alarm);
      }
    }
  }

  private List<AlarmMessage> publish(Map<TopicPartition, Long> taken) {
    Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
    taken.forEach(
        (partition, offset) ->
            places.put(
                partition,
                new Place(offset, topicIds.get(partition.topic()), service).committed()));
    publishedAt = System.nanoTime();
    return outbox.publish(places);
  }

  /** What people are to know of it; not each step between warning and bad. */
  private void log(AlarmMessage alarm) {
    String what =
        switch (alarm.state()) {
          case RAISED -> alarm.active() ? "Alarm" : "Alarm, over but not acknowledged";
          case ACKNOWLEDGED -> "Alarm, acknowledged";
          case CLEARED -> "Alarm, cleared";
        };
    String known = what + alarm.level() + alarm.isShelved();
    if (!known.equals(logged.put(alarm.key(), known))) {
      LOG.info("{}{}: {}", what, alarm.isShelved() ? ", shelved" : "", alarm.text());
    }
    if (!alarm.isOpen()) {
      logged.remove(alarm.key());
    }
  }

  private void tellMetrics() {
    metrics.said(book.said(), alarms.open(), newest.map(WindowSummary.Span::end));
  }
}
