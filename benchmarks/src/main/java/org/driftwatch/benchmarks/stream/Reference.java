package org.driftwatch.benchmarks.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.WindowSummary;

/**
 * What the summaries of a stream must say, computed apart from all that is measured: the topic read
 * once more, JSON as trees, hits as objects, sets of channels, big integers. It has the course's
 * mapping and offsets written out.
 */
public final class Reference {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int[] OFFSETS_PS = {93_900, 101_400, 95_500, 92_400};

  private final ObjectMapper json = new ObjectMapper();
  private final int windowMillis;
  private final TreeMap<Instant, Map<Long, List<Hit>>> windows = new TreeMap<>();

  private Reference(int windowMillis) {
    this.windowMillis = windowMillis;
  }

  private record Hit(int fpga, int channel, int bx, int tdc) {
    /** -1 for a hit of no chamber. */
    int chamber() {
      return fpga > 1 || channel > 127 ? -1 : 2 * fpga + channel / 64;
    }

    boolean isScintillator() {
      return fpga == 1 && channel == 128;
    }

    long ticks() {
      return 30L * bx + tdc;
    }
  }

  /** The numbers of one window, as far as everybody who is measured publishes them. */
  private record Expected(long hits, List<Long> hitsPerChamber, List<List<Long>> histograms) {}

  /**
   * Compares the first windows of a stream with what was published of them.
   *
   * @param windows how many, from the first
   * @param found what was published, by the window's start
   * @return what differs first, in words; empty where all is equal
   */
  public static Optional<String> difference(
      String kafka, RecordedStream stream, int windows, Map<Instant, WindowSummary> found)
      throws IOException {
    Reference reference = new Reference(stream.shape().windowMillis());
    return reference.read(kafka, stream, windows, found);
  }

  /** Compares the windows that end by then, and forgets them: a long stream does not fit. */
  private Optional<String> compareUntil(long end, Map<Instant, WindowSummary> found) {
    while (!windows.isEmpty() && windows.firstKey().toEpochMilli() + windowMillis <= end) {
      Map.Entry<Instant, Map<Long, List<Hit>>> window = windows.pollFirstEntry();
      WindowSummary summary = found.get(window.getKey());
      if (summary == null) {
        return Optional.of("window " + window.getKey() + " was not published");
      }
      Expected expected = expected(window.getValue());
      if (!expected.equals(published(summary))) {
        return Optional.of(
            "window " + window.getKey() + ": " + differing(expected, published(summary)));
      }
    }
    return Optional.empty();
  }

  private static String differing(Expected expected, Expected found) {
    if (expected.hits() != found.hits()) {
      return found.hits() + " hits, expected " + expected.hits();
    }
    if (!expected.hitsPerChamber().equals(found.hitsPerChamber())) {
      return found.hitsPerChamber() + " hits per chamber, expected " + expected.hitsPerChamber();
    }
    for (int i = 0; i < expected.histograms().size(); i++) {
      if (!Objects.equals(expected.histograms().get(i), found.histograms().get(i))) {
        return "histogram "
            + List.of("histo_ch", "histo_orbit_ch", "histo_scint_ch", "histo_drift_ch").get(i % 4)
            + i / 4
            + " is "
            + found.histograms().get(i)
            + ", expected "
            + expected.histograms().get(i);
      }
    }
    return "equal";
  }

  private Optional<String> read(
      String kafka, RecordedStream stream, int count, Map<Instant, WindowSummary> found)
      throws IOException {
    Instant end = RecordedStream.START.plusMillis((long) count * windowMillis);
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            10_000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> left = new ArrayList<>();
      for (int partition = 0; partition < stream.shape().partitions(); partition++) {
        left.add(new TopicPartition(stream.topic(), partition));
      }
      consumer.assign(left);
      consumer.seekToBeginning(left);
      // Stamps ascend within a partition: what all have passed is done.
      long[] reached = new long[stream.shape().partitions()];
      Optional<String> difference = Optional.empty();
      while (!left.isEmpty() && difference.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          reached[record.partition()] = record.timestamp();
          if (record.timestamp() < end.toEpochMilli()) {
            add(record, stream.shape().words());
          } else if (left.remove(new TopicPartition(record.topic(), record.partition()))) {
            consumer.pause(List.of(new TopicPartition(record.topic(), record.partition())));
          }
        }
        difference = compareUntil(Arrays.stream(reached).min().orElse(0), found);
      }
      return difference;
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record, boolean words) throws IOException {
    Instant start = Instant.ofEpochMilli(record.timestamp() - record.timestamp() % windowMillis);
    Map<Long, List<Hit>> orbits = windows.computeIfAbsent(start, s -> new HashMap<>());
    if (!words) {
      JsonNode row = json.readTree(record.value());
      if (row.get("HEAD").asInt() == 2) {
        Hit hit =
            new Hit(
                row.get("FPGA").asInt(),
                row.get("TDC_CHANNEL").asInt(),
                row.get("BX_COUNTER").asInt(),
                row.get("TDC_MEAS").asInt());
        orbits.computeIfAbsent(row.get("ORBIT_CNT").asLong(), o -> new ArrayList<>()).add(hit);
      }
      return;
    }
    ByteBuffer block = ByteBuffer.wrap(record.value()).order(ByteOrder.LITTLE_ENDIAN);
    while (block.hasRemaining()) {
      BigInteger word = new BigInteger(Long.toUnsignedString(block.getLong()));
      if (bits(word, 61, 3) == 2) {
        Hit hit =
            new Hit(
                (int) bits(word, 58, 3),
                (int) bits(word, 49, 9),
                (int) bits(word, 5, 12),
                (int) bits(word, 0, 5));
        orbits.computeIfAbsent(bits(word, 17, 32), o -> new ArrayList<>()).add(hit);
      }
    }
  }

  private static long bits(BigInteger word, int from, int count) {
    return word.shiftRight(from).mod(BigInteger.TWO.pow(count)).longValueExact();
  }

  private static Expected expected(Map<Long, List<Hit>> orbits) {
    long hits = 0;
    Long[] perChamber = {0L, 0L, 0L, 0L};
    List<List<Long>> histograms = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      histograms.add(new ArrayList<>(java.util.Collections.nCopies(i % 4 == 3 ? 82 : 64, 0L)));
    }
    for (List<Hit> orbit : orbits.values()) {
      hits += orbit.size();
      Optional<Long> scintillator =
          orbit.stream().filter(Hit::isScintillator).map(Hit::ticks).min(Long::compare);
      for (int chamber = 0; chamber < 4; chamber++) {
        TreeSet<Integer> active = new TreeSet<>();
        for (Hit hit : orbit) {
          if (hit.chamber() == chamber) {
            perChamber[chamber]++;
            active.add(hit.channel());
            count(histograms.get(4 * chamber), hit.channel() % 64);
            if (scintillator.isPresent()) {
              count(histograms.get(4 * chamber + 2), hit.channel() % 64);
              count(histograms.get(4 * chamber + 3), driftBin(hit, scintillator.get(), chamber));
            }
          }
        }
        if (!active.isEmpty()) {
          count(histograms.get(4 * chamber + 1), active.size() - 1);
        }
      }
    }
    return new Expected(hits, List.of(perChamber), histograms);
  }

  /** The drift time's bin, or 80 for underflow, 81 for overflow. */
  private static int driftBin(Hit hit, long scintillator, int chamber) {
    // In units of 1/6 ps all terms are whole: a tick is 25/30 ns.
    BigInteger drift =
        BigInteger.valueOf(hit.ticks() - scintillator)
            .multiply(BigInteger.valueOf(5000))
            .add(BigInteger.valueOf(6L * OFFSETS_PS[chamber]));
    long bin =
        Math.floorDiv(
            drift.longValueExact() - 6000L * ChamberHistogram.DRIFT_FIRST_NS,
            6000L * ChamberHistogram.DRIFT_BIN_NS);
    return bin < 0 ? 80 : bin > 79 ? 81 : (int) bin;
  }

  private static void count(List<Long> histogram, int bin) {
    histogram.set(bin, histogram.get(bin) + 1);
  }

  private static Expected published(WindowSummary summary) {
    List<List<Long>> histograms = new ArrayList<>();
    List<Long> perChamber = new ArrayList<>();
    for (ChamberSummary chamber : summary.chambers()) {
      perChamber.add(chamber.hits());
      histograms.add(counts(chamber.occupancy().counts()));
      histograms.add(counts(chamber.activeChannels().counts()));
      histograms.add(counts(chamber.scintillatorOccupancy().counts()));
      List<Long> drift = counts(chamber.driftTime().counts());
      drift.add(chamber.driftTime().underflow());
      drift.add(chamber.driftTime().overflow());
      histograms.add(drift);
    }
    return new Expected(summary.hits(), perChamber, histograms);
  }

  private static List<Long> counts(long[] counts) {
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }
}
