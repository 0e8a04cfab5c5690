package org.driftwatch.emulator.faults;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.send.KafkaSender;
import org.driftwatch.emulator.send.Message;
import org.driftwatch.emulator.send.Outcome;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.Tally;

/** Sends records, and now and then one more, one later, or some with a wrong timestamp. */
final class FaultySender implements RecordSender {
  /** How long a step of the clock lasts, ms of stream time. */
  private static final long STEP_MS = 10_000;

  /** Late records waiting; were there more, the oldest would go before its time. */
  private static final int MOST_HELD = 1 << 16;

  private static final int FLOOD_BLOCK = 128;
  private static final long FLOOD_ORBITS = 0xFFFF_FFFFL;

  private final DetectorDescription detector;
  private final KafkaSender kafka;
  private final RunNumbers runs;
  private final List<FaultInjection.Plan> plans;
  private final Random random;
  private final Tally tally;
  private final InjectionLog log;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private final RecordWriter writer;
  private final HitLayout layout;

  /** The channels of the chambers, board by board. */
  private final List<List<Channel>> channels;

  private long row;
  private long nextRow;
  private long latest = Long.MIN_VALUE;
  private long stepMs;
  private long stepFrom;
  private long stepRow;

  /**
   * A record that waits to be sent late.
   *
   * @param row the first of its rows
   * @param due stream time at which it is sent, ms since 1970
   */
  private record Held(Message message, long row, long due) {}

  FaultySender(
      DetectorDescription detector,
      KafkaSender kafka,
      RunNumbers runs,
      List<FaultInjection.Plan> plans,
      Random random,
      Tally tally,
      InjectionLog log) {
    this.detector = detector;
    this.kafka = kafka;
    this.runs = runs;
    writer = new RecordWriter(detector);
    layout = new HitLayout(detector);
    channels =
        List.copyOf(
            detector.chambers().stream()
                .flatMap(chamber -> chamber.channels().stream())
                .sorted(Comparator.comparingInt(layout::address))
                .collect(Collectors.groupingBy(Channel::board, TreeMap::new, Collectors.toList()))
                .values());
    this.plans = plans;
    this.random = random;
    this.tally = tally;
    this.log = log;
    findNext();
  }

  private void findNext() {
    nextRow = Schedule.NEVER;
    for (FaultInjection.Plan plan : plans) {
      nextRow = Math.min(nextRow, plan.schedule.next());
    }
  }

  @Override
  public void send(Message message) {
    latest = Math.max(latest, message.stamp());
    releaseHeld();
    if (stepMs != 0 && latest - stepFrom >= STEP_MS) {
      endStep();
    }
    long first = row;
    row += message.rows();
    if (nextRow >= row) {
      kafka.send(message.shifted(stepMs));
      return;
    }
    long lateness = 0;
    for (FaultInjection.Plan plan : plans) {
      while (plan.isDue(row - 1)) {
        Injection injection = plan.injection;
        switch (injection.kind()) {
          case LATE -> {
            log.count(injection.label());
            lateness = Math.max(lateness, injection.size());
          }
          case CLOCK_STEP -> beginStep(injection, first, message.stamp());
          case DUPLICATE -> duplicate(injection.label(), message.shifted(stepMs), first);
          case MALFORMED -> malformed(injection, message.stamp() + stepMs, first);
          default -> flood(injection, message, first);
        }
      }
    }
    findNext();
    if (lateness > 0) {
      hold(new Held(message.shifted(stepMs), first, latest + lateness));
    } else {
      kafka.send(message.shifted(stepMs));
    }
  }

  private void hold(Held late) {
    if (held.size() == MOST_HELD) {
      sendLate(held.poll());
    }
    // Few kinds of lateness: mostly this goes to the end.
    ArrayDeque<Held> longer = new ArrayDeque<>();
    while (!held.isEmpty() && held.peekLast().due > late.due) {
      longer.push(held.pollLast());
    }
    held.add(late);
    held.addAll(longer);
  }

  private void releaseHeld() {
    while (!held.isEmpty() && held.peek().due <= latest) {
      sendLate(held.poll());
    }
  }

  private void sendLate(Held late) {
    Message message = late.message;
    String fields = ",\"rows\":" + message.rows() + ",\"late_ms\":" + (latest - message.stamp());
    kafka.sendExtra(
        message,
        kafka.tally(),
        (sent, place) -> log.line("late", late.row, message.stamp(), fields, place));
  }

  private void beginStep(Injection injection, long first, long stamp) {
    if (stepMs != 0) {
      endStepAt(first);
    }
    log.count(injection.label());
    stepMs = injection.size();
    stepFrom = stamp;
    stepRow = first;
  }

  private void endStep() {
    endStepAt(row);
  }

  private void endStepAt(long end) {
    log.line(
        "clock-step",
        stepRow,
        ",\"to_row\":" + end + ",\"timestamp\":" + stepFrom + ",\"shift_ms\":" + stepMs);
    stepMs = 0;
  }

  private void duplicate(String label, Message message, long first) {
    log.count(label);
    sendLogged(
        message, label, first, ",\"rows\":" + message.rows() + ",\"hits\":" + message.hits());
  }

  private void malformed(Injection injection, long stamp, long first) {
    List<Malformation> all = Malformation.of(detector);
    Malformation chosen =
        injection.malformation() != null
            ? injection.malformation()
            : all.get(random.nextInt(all.size()));
    log.count(chosen.label());
    Message message =
        new Message(null, chosen.value(detector), chosen.isMarked(detector), 1, 0, stamp);
    sendLogged(message, chosen.label(), first, "");
  }

  private void sendLogged(Message message, String label, long first, String fields) {
    kafka.sendExtra(
        message, tally, (sent, place) -> log.line(label, first, message.stamp(), fields, place));
  }

  private void flood(Injection injection, Message like, long first) {
    log.count(injection.label());
    boolean words = like.words() || detector.format().valuesAreWords();
    long orbit = random.nextInt() & FLOOD_ORBITS & detector.clock().lastOrbit();
    int size = (int) injection.size();
    int perMessage = words ? FLOOD_BLOCK : 1;
    Flood flood = new Flood(injection.label(), first, orbit, (size + perMessage - 1) / perMessage);
    writer.run(runs.at(like.stamp()));
    for (int sent = 0; sent < size; sent += perMessage) {
      int count = Math.min(perMessage, size - sent);
      if (words) {
        writer.blockHeader();
      }
      for (int i = 0; i < count; i++) {
        floodHit(orbit + sent + i & detector.clock().lastOrbit(), words);
      }
      Message message =
          new Message(null, writer.take(), like.words(), count, count, like.stamp() + stepMs);
      kafka.sendExtra(message, tally, flood);
    }
  }

  private void floodHit(long orbit, boolean words) {
    List<Channel> board = channels.get(random.nextInt(channels.size()));
    Channel channel = board.get(random.nextInt(board.size()));
    long word =
        layout.hit(
            layout.address(channel),
            orbit,
            random.nextInt(detector.clock().crossingsPerOrbit()),
            detector.format().field(Role.TICK).orElseThrow().first()
                + random.nextInt(detector.clock().ticksPerCrossing()));
    if (words) {
      writer.word(word, layout.orbitAbove(orbit));
    } else {
      writer.json(word, layout.orbitAbove(orbit));
    }
  }

  /**
   * Logs a flood when all of it is answered for: each partition in one line, since its records lie
   * side by side there.
   */
  private final class Flood implements Outcome {
    private final String label;
    private final long first;
    private final long orbit;
    private final Map<Integer, Part> parts = new TreeMap<>();
    private int left;
    private int failed;

    /** What of it lies in one partition. */
    private static final class Part {
      final long from;
      long to;
      int records;

      Part(long from) {
        this.from = from;
      }
    }

    Flood(String label, long first, long orbit, int messages) {
      this.label = label;
      this.first = first;
      this.orbit = orbit;
      left = messages;
    }

    @Override
    public synchronized void of(ProducerRecord<byte[], byte[]> message, RecordMetadata place) {
      left--;
      if (place == null) {
        failed++;
      } else {
        Part part = parts.computeIfAbsent(place.partition(), p -> new Part(place.offset()));
        part.to = place.offset();
        part.records++;
      }
      if (left > 0) {
        return;
      }
      String orbits = ",\"timestamp\":" + message.timestamp() + ",\"first_orbit\":" + orbit;
      parts.forEach(
          (partition, part) ->
              log.line(
                  label,
                  first,
                  orbits
                      + ",\"partition\":"
                      + partition
                      + ",\"offset\":"
                      + part.from
                      + ",\"last_offset\":"
                      + part.to
                      + ",\"records\":"
                      + part.records));
      if (failed > 0) {
        log.line(label, first, orbits + ",\"failed\":true,\"records\":" + failed);
      }
    }
  }

  /** Sends what waits to be late, though its time has not come. */
  void flush() {
    while (!held.isEmpty()) {
      sendLate(held.poll());
    }
    if (stepMs != 0) {
      endStep();
    }
  }
}
