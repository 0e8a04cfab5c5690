package org.driftwatch.detector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription.Arrival;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.HeaderWord;
import org.driftwatch.detector.DetectorDescription.Role;

/** Reads {@code record}, the part of a detector description that says how records are written. */
final class FormatReader {
  private static final int WORD_BITS = 64;
  private static final int MAX_FIELDS = 64;
  private static final int LONGEST_NAME = 200;
  private static final int MAX_ADDRESS_BITS = 20;
  private static final int MAX_TIME_BITS = 24;
  private static final int MAX_HEADER_WORDS = 8;
  private static final int MAX_RUN_BITS = 63;
  private static final int MAX_BLOCK_WORDS = 1_000_000;

  /** Another word for the board. */
  private static final String STATION = "station";

  private static final List<String> ROLES =
      Stream.concat(
              Stream.of(Role.values()).map(role -> role.name().toLowerCase(Locale.ROOT)),
              Stream.of(STATION))
          .toList();
  private static final Set<Role> WITH_FIRST =
      EnumSet.of(Role.BOARD, Role.CHANNEL, Role.LAYER, Role.WIRE, Role.TICK);

  private final Clock clock;
  private String boardWord = "board";

  /** Reads the records of a detector with this clock. */
  FormatReader(Clock clock) {
    this.clock = clock;
  }

  Format read(JsonCursor record) throws IOException {
    record.object(
        "fields",
        "hitHeads",
        "valuesWithoutFormat",
        "byteOrder",
        "blockHeader",
        "blockWords",
        "arrival");
    List<JsonCursor> cursors = record.get("fields").list(1, MAX_FIELDS, "fields");
    List<Field> fields = new ArrayList<>();
    for (JsonCursor cursor : cursors) {
      fields.add(field(cursor));
    }
    checkRoles(record.get("fields"), cursors, fields);
    checkNames(cursors, fields);
    checkPlaces(cursors, fields);
    Format format =
        new Format(
            fields,
            hitHeads(record.get("hitHeads"), fields),
            record
                .get("valuesWithoutFormat")
                .or("text")
                .word(List.of("text", "words"))
                .equals("words"),
            record.get("byteOrder").or("little").word(List.of("little", "big")).equals("big"),
            blockHeader(record.get("blockHeader"), fields),
            record.get("blockWords").isMissing()
                ? 0
                : record.get("blockWords").whole(1, MAX_BLOCK_WORDS),
            arrival(record.get("arrival"), fields));
    checkWords(record, cursors, format);
    return format;
  }

  /** What the records that were read call a board: {@code board} or {@code station}. */
  String boardWord() {
    return boardWord;
  }

  private Field field(JsonCursor field) throws IOException {
    field.object("is", "name", "bits", "lowestBit", "first");
    String is = field.get("is").word(ROLES);
    Role role = is.equals(STATION) ? Role.BOARD : Role.valueOf(is.toUpperCase(Locale.ROOT));
    if (role == Role.BOARD) {
      boardWord = is;
    }
    String name = field.get("name").text(LONGEST_NAME);
    JsonCursor first = field.get("first");
    if (!WITH_FIRST.contains(role)) {
      first.refuse(
          "only a board, station, channel, layer, wire or tick has a first; expected none");
    }
    if (role == Role.OTHER && field.get("bits").isMissing()) {
      field.get("lowestBit").refuse("the field has no bits; expected both or neither");
      return new Field(role, name, 0, -1, 0);
    }
    int bits = bits(field.get("bits"), role);
    JsonCursor lowestBit = field.get("lowestBit");
    return new Field(
        role,
        name,
        bits,
        lowestBit.isMissing() ? -1 : lowestBit.whole(0, WORD_BITS - bits),
        first.isMissing() ? 0 : first.whole(0, mostFirst(role, bits)));
  }

  private int bits(JsonCursor bits, Role role) throws IOException {
    return switch (role) {
      case HEAD, BOARD -> bits.whole(1, 8);
      case CHANNEL, ARRIVAL -> bits.whole(1, 16);
      case LAYER -> bits.whole(1, 6);
      case WIRE -> bits.whole(1, 12);
      case CROSSING -> bits.whole(bitsOf(clock.crossingsPerOrbit()), MAX_TIME_BITS - 1);
      case TICK -> bits.whole(bitsOf(clock.ticksPerCrossing()), MAX_TIME_BITS - 1);
      case ORBIT -> bits.or(clock.orbitBits()).whole(clock.orbitBits(), clock.orbitBits());
      case RUN -> bits.whole(1, MAX_RUN_BITS);
      case OTHER -> bits.whole(1, WORD_BITS);
    };
  }

  /** The largest number of the first that leaves room for the others. */
  private int mostFirst(Role role, int bits) {
    return (1 << bits) - (role == Role.TICK ? clock.ticksPerCrossing() : 1);
  }

  /** Bits that hold this many numbers. */
  private static int bitsOf(int numbers) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(numbers - 1));
  }

  private static void checkRoles(JsonCursor all, List<JsonCursor> cursors, List<Field> fields)
      throws IOException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (int i = 0; i < fields.size(); i++) {
      Role role = fields.get(i).role();
      if (role != Role.OTHER && !roles.add(role)) {
        throw cursors.get(i).get("is").expected("one field of a kind, but for \"other\"");
      }
    }
    for (Role role : List.of(Role.ORBIT, Role.CROSSING, Role.TICK)) {
      if (!roles.contains(role)) {
        throw missing(all, role);
      }
    }
    if (roles.contains(Role.CHANNEL)) {
      if (roles.contains(Role.LAYER) || roles.contains(Role.WIRE)) {
        throw all.error("expected a channel, or a layer and a wire, not both");
      }
    } else if (!roles.contains(Role.LAYER)) {
      throw missing(all, roles.contains(Role.WIRE) ? Role.LAYER : Role.CHANNEL);
    } else if (!roles.contains(Role.WIRE)) {
      throw missing(all, Role.WIRE);
    }
    checkTotal(all, fields, EnumSet.of(Role.CROSSING, Role.TICK), MAX_TIME_BITS);
    checkTotal(
        all, fields, EnumSet.of(Role.BOARD, Role.CHANNEL, Role.LAYER, Role.WIRE), MAX_ADDRESS_BITS);
  }

  private static IOException missing(JsonCursor all, Role role) {
    String is = role.name().toLowerCase(Locale.ROOT);
    String instead = role == Role.CHANNEL ? ", or \"layer\" and \"wire\"" : "";
    return all.error(
        "none is the " + is + "; expected a field with \"is\": \"" + is + "\"" + instead);
  }

  private static void checkTotal(JsonCursor all, List<Field> fields, Set<Role> roles, int most)
      throws IOException {
    List<Field> these = fields.stream().filter(field -> roles.contains(field.role())).toList();
    int total = these.stream().mapToInt(Field::bits).sum();
    if (total > most) {
      throw all.error(
          String.join(" and ", these.stream().map(Field::name).toList())
              + " have "
              + total
              + " bits, expected at most "
              + most
              + " together");
    }
  }

  private static void checkNames(List<JsonCursor> cursors, List<Field> fields) throws IOException {
    List<List<String>> paths = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      JsonCursor name = cursors.get(i).get("name");
      List<String> path = path(name, fields.get(i).name());
      for (int j = 0; j < i; j++) {
        List<String> other = paths.get(j);
        int shared = Math.min(path.size(), other.size());
        if (path.subList(0, shared).equals(other.subList(0, shared))) {
          throw name.expected("another value than that of \"" + fields.get(j).name() + "\"");
        }
      }
      paths.add(path);
    }
  }

  /** The names of objects on the way to a value, and its own. */
  private static List<String> path(JsonCursor name, String text) throws IOException {
    if (!text.startsWith("/")) {
      return List.of(text);
    }
    List<String> path = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      if (step.isEmpty() || step.matches(".*~([^01].*)?")) {
        throw name.expected(
            "a JSON Pointer such as \"/time/orbit\"; a ~ in a name is ~0 there, a / is ~1");
      }
      path.add(step.replace("~1", "/").replace("~0", "~"));
    }
    if (path.size() > RecordParser.MAX_DEPTH) {
      throw name.expected("a path of at most " + RecordParser.MAX_DEPTH + " steps");
    }
    return path;
  }

  private static void checkPlaces(List<JsonCursor> cursors, List<Field> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      for (int j = 0; j < i; j++) {
        long shared = places(fields.get(i)) & places(fields.get(j));
        if (shared != 0) {
          int lowest = Long.numberOfTrailingZeros(shared);
          int highest = WORD_BITS - 1 - Long.numberOfLeadingZeros(shared);
          throw cursors
              .get(i)
              .get("lowestBit")
              .error(
                  (lowest == highest
                          ? "bit " + lowest + " is one"
                          : "bits " + lowest + " to " + highest + " are those")
                      + " of "
                      + fields.get(j).name()
                      + ", too; expected fields that do not overlap");
        }
      }
    }
  }

  /** The bits of a word that are the field's. */
  private static long places(Field field) {
    return field.isInWords() ? -1L >>> (WORD_BITS - field.bits()) << field.lowestBit() : 0;
  }

  /** Either words hold all that is read, or there are no words. */
  private static void checkWords(JsonCursor record, List<JsonCursor> cursors, Format format)
      throws IOException {
    boolean needed =
        format.valuesAreWords()
            || !format.blockHeader().isEmpty()
            || !record.get("blockWords").isMissing();
    boolean any = format.fields().stream().anyMatch(f -> f.role() != Role.OTHER && f.isInWords());
    for (int i = 0; i < cursors.size(); i++) {
      Field field = format.fields().get(i);
      if ((needed || any) && field.role() != Role.OTHER && !field.isInWords()) {
        throw cursors
            .get(i)
            .get("lowestBit")
            .expected(
                "a whole number, since "
                    + (needed ? "there are blocks of words" : "other fields have one"));
      }
    }
  }

  private static Optional<Field> find(List<Field> fields, Role role) {
    return fields.stream().filter(field -> field.role() == role).findFirst();
  }

  private static List<Integer> hitHeads(JsonCursor heads, List<Field> fields) throws IOException {
    Optional<Field> head = find(fields, Role.HEAD);
    if (head.isEmpty()) {
      heads.refuse("no field is the head, so each record is a hit; expected none");
      return List.of();
    }
    int values = 1 << head.get().bits();
    return heads.distinct(1, values, "values of " + head.get().name(), 0, values - 1);
  }

  private static List<HeaderWord> blockHeader(JsonCursor header, List<Field> fields)
      throws IOException {
    List<HeaderWord> words = new ArrayList<>();
    boolean hasRun = find(fields, Role.RUN).isPresent();
    for (JsonCursor word : header.orEmpty().list(0, MAX_HEADER_WORDS, "words")) {
      word.object("is", "lowestBit", "bits");
      if (word.get("is").word(List.of("run", "other")).equals("run")) {
        if (hasRun) {
          throw word.get("is").expected("the run number in one place only");
        }
        hasRun = true;
        int lowestBit = word.get("lowestBit").or(0).whole(0, WORD_BITS - 1);
        int most = Math.min(MAX_RUN_BITS, WORD_BITS - lowestBit);
        words.add(new HeaderWord(true, lowestBit, word.get("bits").or(most).whole(1, most)));
      } else {
        word.get("lowestBit").refuse("nothing is read from this word; expected none");
        word.get("bits").refuse("nothing is read from this word; expected none");
        words.add(new HeaderWord(false, 0, 0));
      }
    }
    return words;
  }

  private List<Arrival> arrival(JsonCursor arrival, List<Field> fields) throws IOException {
    if (find(fields, Role.ARRIVAL).isEmpty()) {
      arrival.refuse("no field is the arrival; expected none");
      return List.of();
    }
    arrival.object("arrivalBelow", "crossingAbove");
    return List.of(
        new Arrival(
            arrival.get("arrivalBelow").whole(0, clock.crossingsPerOrbit()),
            arrival.get("crossingAbove").whole(0, clock.crossingsPerOrbit())));
  }
}
