package org.driftwatch.detector.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.reference.Parsed;

/** A sink that keeps what it is given, for tests to look at. */
public final class CollectedRecords implements RecordSink {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final byte[] BEFORE = "\u00ef\u00bb{\"HEAD\":".getBytes(ISO_8859_1);

  /** Looks as if it went on, and is as long as the longest plain line. */
  private static final List<String> BEHIND =
      Stream.of(",7\"}8", "7", "\n").map(s -> s + ",7,77,3387315431,2374,26\n".repeat(4)).toList();

  /** The hits, without the bits of the orbit above those in a word. */
  public final List<Long> hits = new ArrayList<>();

  /** The same hits with all that was told of them. */
  public final List<Found> found = new ArrayList<>();

  /** HEAD of the trigger words. */
  public final List<Integer> triggerWords = new ArrayList<>();

  /** The malformed records. */
  public final List<Malformed> malformed = new ArrayList<>();

  private Optional<Long> run = Optional.empty();

  /** A hit as the parser reports it, and the number of its run. */
  public record Found(long word, long orbitAbove, Optional<Long> run) {}

  /** A malformed record as the parser reports it. */
  public record Malformed(RecordFault fault, int index, int from, int to, String reason) {}

  /** What a new parser of the course's records finds in a value. */
  public static CollectedRecords of(byte[] value, boolean words) {
    return of(COURSE, value, words ? ValueFormat.BLOCK : ValueFormat.UNMARKED);
  }

  /** What a new parser finds in a value. */
  public static CollectedRecords of(
      DetectorDescription detector, byte[] value, ValueFormat format) {
    CollectedRecords records = new CollectedRecords();
    new RecordParser(detector).parse(value, format, records);
    return records;
  }

  /** What a parser finds in a value: the same, alone or in the midst of others. */
  public static CollectedRecords of(RecordParser parser, byte[] value, ValueFormat format) {
    CollectedRecords alone = new CollectedRecords();
    parser.parse(value, format, alone);
    byte[] behind = BEHIND.get(value.length % BEHIND.size()).getBytes(ISO_8859_1);
    byte[] all =
        ByteBuffer.allocate(BEFORE.length + value.length + behind.length)
            .put(BEFORE)
            .put(value)
            .put(behind)
            .array();
    CollectedRecords among = new CollectedRecords();
    parser.parse(all, BEFORE.length, BEFORE.length + value.length, format, among);
    String text = new String(value, ISO_8859_1);
    assertThat(text, among.found, is(alone.found));
    assertThat(text, among.triggerWords, is(alone.triggerWords));
    assertThat(text, among.malformed, is(alone.malformed));
    return among;
  }

  /** The hits that the reference found, as the parser reports them. */
  public static List<Found> expected(RecordPacking packing, Parsed parsed) {
    return parsed.hits().stream().map(hit -> expected(packing, hit)).toList();
  }

  private static Found expected(RecordPacking packing, Parsed.Hit hit) {
    Parsed.Place place = hit.place();
    BigInteger orbit = hit.orbit();
    long word =
        packing.word(
            hit.head(),
            place.board(),
            place.channel() + packing.layout().channel(place.layer(), place.wire()),
            orbit.longValue(),
            hit.crossing(),
            hit.tick());
    long above = orbit.shiftRight(packing.layout().orbitBits()).longValue();
    return new Found(word, above, hit.run());
  }

  @Override
  public void run(long number) {
    run = number == NO_RUN ? Optional.empty() : Optional.of(number);
  }

  @Override
  public void hit(long word, long orbitAbove) {
    hits.add(word);
    found.add(new Found(word, orbitAbove, run));
  }

  @Override
  public void triggerWord(int head) {
    triggerWords.add(head);
  }

  @Override
  public void malformed(RecordFault fault, int index, int from, int to, String reason) {
    malformed.add(new Malformed(fault, index, from, to, reason));
  }

  /** The faults of the malformed records, in order. */
  public List<RecordFault> faults() {
    return malformed.stream().map(Malformed::fault).toList();
  }

  /** The reasons of the malformed records, in order. */
  public List<String> reasons() {
    return malformed.stream().map(Malformed::reason).toList();
  }
}
