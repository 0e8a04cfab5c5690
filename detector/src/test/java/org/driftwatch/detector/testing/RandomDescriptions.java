package org.driftwatch.detector.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;

/**
 * Descriptions of detectors that nobody has built: any clock, any format with names plain and
 * nested, 1 to 16 chambers with channels in rows, listed, or by layer and wire. All of them are
 * valid.
 */
public final class RandomDescriptions {
  private static final int WORD_BITS = 64;
  private static final List<String> NAMES =
      List.of(
          "HEAD",
          "fpga",
          "TDC_CHANNEL",
          "ORBIT_CNT",
          "bx",
          "tdc meas",
          "q\"uote",
          "back\\slash",
          "a.b",
          "x[0]",
          "~",
          "last");
  private static final List<String> ORDER =
      List.of("tick", "crossing", "orbit", "wire", "channel", "layer", "board", "station", "head");
  private static final List<String> GROUPS =
      List.of("/arrival/", "/hit/in ner/", "/hit/se~1cond~0/", "/list/");

  private final Random random;

  /** Descriptions drawn from this source. */
  public RandomDescriptions(Random random) {
    this.random = random;
  }

  /** What the reader makes of a description. */
  public static DetectorDescription read(String description) {
    try {
      Path file = Files.createTempFile("detector", ".json");
      try {
        return DetectorDescription.load(Files.writeString(file, description).toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next description. */
  public String next() {
    return new Drawn().description().toPrettyString();
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private static int bitsFor(int numbers) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(numbers - 1));
  }

  /** One description in the making. */
  private final class Drawn {
    private final ObjectNode detector = JsonNodeFactory.instance.objectNode();
    private final List<ObjectNode> fields = new ArrayList<>();
    private final boolean hasBoard = !oneIn(4);
    private final boolean byLayer = oneIn(3);
    private final boolean hasScintillator = !oneIn(3);
    private final int boardBits = between(1, 4);
    private final int firstBoard = oneIn(3) ? 1 : 0;
    private final int channelBits = between(4, 10);
    private final int layerBits = between(1, 4);
    private final int wireBits = between(2, 6);
    private final int firstChannel = oneIn(3) ? between(1, 3) : 0;

    ObjectNode description() {
      detector.put("name", "detector " + random.nextInt(1000));
      int crossings = oneIn(4) ? between(1, 1 << 13) : 3564;
      int ticks = oneIn(4) ? between(1, 200) : 30;
      int orbitBits = oneIn(3) ? between(8, 64) : oneIn(2) ? 32 : 19;
      detector
          .putObject("clock")
          .put("crossingNs", crossingNs())
          .put("crossingsPerOrbit", crossings)
          .put("ticksPerCrossing", ticks)
          .put("orbitBits", orbitBits);
      format(crossings, ticks, orbitBits);
      chambers();
      detector.put("cellWidthMm", 42).put("cellHeightMm", 13.0);
      detector.put("driftVelocityUmPerNs", 53.8).put("maxDriftNs", 390);
      return detector;
    }

    private BigDecimal crossingNs() {
      return oneIn(3)
          ? BigDecimal.valueOf(1 + random.nextLong(100_000_000), 6)
          : new BigDecimal(oneIn(2) ? "25" : "24.95");
    }

    private void format(int crossings, int ticks, int orbitBits) {
      ObjectNode record = detector.putObject("record");
      boolean hasHead = !oneIn(3);
      int headBits = between(1, oneIn(6) ? 8 : 3);
      if (hasHead) {
        add("head", headBits);
        ArrayNode hitHeads = record.putArray("hitHeads");
        List<Integer> heads = shuffled(1 << headBits);
        heads.subList(0, between(1, Math.max(1, heads.size() / 2))).forEach(hitHeads::add);
      }
      if (hasBoard) {
        first(add(oneIn(2) ? "board" : "station", boardBits), firstBoard);
      }
      if (byLayer) {
        first(add("layer", layerBits), firstChannel % 2);
        first(add("wire", wireBits), firstChannel % 2);
      } else {
        first(add("channel", channelBits), firstChannel);
      }
      int firstTick = oneIn(2) ? 1 : 0;
      ObjectNode orbit = add("orbit", orbitBits);
      if (oneIn(3)) {
        orbit.remove("bits");
      }
      add("crossing", bitsFor(crossings) + random.nextInt(2));
      first(add("tick", bitsFor(firstTick + ticks)), firstTick);
      if (oneIn(4)) {
        add("arrival", bitsFor(crossings + 1));
        record
            .putObject("arrival")
            .put("arrivalBelow", random.nextInt(crossings + 1))
            .put("crossingAbove", random.nextInt(crossings + 1));
      }
      boolean runInRecord = oneIn(5);
      if (runInRecord) {
        add("run", oneIn(4) ? 63 : between(1, 20));
      }
      if (!oneIn(8)) {
        Collections.shuffle(fields, random);
      }
      int bits = fields.stream().mapToInt(field -> field.path("bits").asInt(orbitBits)).sum();
      if (bits <= WORD_BITS && !oneIn(4)) {
        words(record, orbitBits, WORD_BITS - bits, runInRecord);
      }
      for (int others = random.nextInt(3); others > 0; others--) {
        ObjectNode other = JsonNodeFactory.instance.objectNode();
        fields.add(random.nextInt(fields.size() + 1), other.put("is", "other"));
      }
      names();
      record.putArray("fields").addAll(fields);
    }

    private ObjectNode add(String is, int bits) {
      ObjectNode field = JsonNodeFactory.instance.objectNode().put("is", is).put("bits", bits);
      fields.add(field);
      return field;
    }

    private void first(ObjectNode field, int first) {
      if (first != 0 || oneIn(3)) {
        field.put("first", first);
      }
    }

    /**
     * Fields in any order, or in that of the course's word with an orbit of 32 bits or room for
     * them; with gaps between them that add up to what is free.
     */
    private void words(ObjectNode record, int orbitBits, int free, boolean runInRecord) {
      List<ObjectNode> inOrder = new ArrayList<>(fields);
      boolean asCourse = oneIn(2);
      if (asCourse) {
        inOrder.sort(Comparator.comparing(field -> ORDER.indexOf(field.get("is").textValue())));
      } else {
        Collections.shuffle(inOrder, random);
      }
      int lowest = 0;
      int left = free;
      String before = "";
      for (ObjectNode field : inOrder) {
        int gap = oneIn(3) ? random.nextInt(left + 1) : 0;
        if (asCourse) {
          gap = before.equals("orbit") ? Math.min(left, Math.max(0, 32 - orbitBits)) : 0;
        }
        before = field.get("is").textValue();
        field.put("lowestBit", lowest + gap);
        lowest += gap + field.path("bits").asInt(orbitBits);
        left -= gap;
      }
      record.put("valuesWithoutFormat", oneIn(2) ? "words" : "text");
      record.put("byteOrder", oneIn(3) ? "big" : "little");
      ArrayNode header = record.putArray("blockHeader");
      for (int n = oneIn(2) ? between(1, 3) : 0; n > 0; n--) {
        header.addObject().put("is", "other");
      }
      if (!header.isEmpty() && !runInRecord) {
        ObjectNode word = (ObjectNode) header.get(random.nextInt(header.size()));
        word.put("is", "run");
        if (oneIn(2)) {
          int runBits = between(10, 63);
          word.put("bits", runBits).put("lowestBit", random.nextInt(WORD_BITS - runBits + 1));
        }
      }
    }

    private void names() {
      List<Integer> names = shuffled(NAMES.size());
      for (int i = 0; i < fields.size(); i++) {
        String name = NAMES.get(names.get(i));
        String group = oneIn(2) ? "" : GROUPS.get(random.nextInt(GROUPS.size()));
        if (group.equals("/list/")) {
          name = group + i;
        } else if (!group.isEmpty()) {
          name = group + name.replace("~", "~0").replace("/", "~1");
        }
        fields.get(i).put("name", name);
      }
    }

    private void chambers() {
      List<int[]> free = new ArrayList<>();
      int boards = hasBoard ? 1 << boardBits : 1;
      ArrayNode chambers = detector.putArray("chambers");
      int last = (1 << channelBits) - 1;
      for (int board = firstBoard; board < boards; board++) {
        int next = firstChannel;
        int most = byLayer ? 1 : between(0, 3);
        for (int n = 0; n < most && chambers.size() < DetectorDescription.MAX_CHAMBERS; n++) {
          int layers = between(1, byLayer ? Math.min(8, 1 << layerBits) - 1 : 6);
          int wires = between(1, byLayer ? (1 << wireBits) - 2 : 12);
          int size = layers * wires;
          if (!byLayer && next + size > last) {
            continue;
          }
          ObjectNode chamber = chamber(chambers, board, layers, wires);
          if (!byLayer) {
            size = channels(chamber, board, next, layers, wires);
          }
          known(chamber, size);
          next += size + random.nextInt(3);
        }
        for (; next <= last; next++) {
          free.add(new int[] {board, next});
        }
      }
      if (chambers.isEmpty()) {
        // Any board and channel will do.
        ObjectNode chamber = chamber(chambers, firstBoard, 1, 1);
        if (!byLayer) {
          free.removeIf(at -> at[0] == firstBoard && at[1] == firstChannel);
          chamber.put("firstChannel", firstChannel).putArray("layerOrder").add(1);
        }
      }
      scintillators(free);
    }

    private ObjectNode chamber(ArrayNode chambers, int board, int layers, int wires) {
      ObjectNode chamber = chambers.addObject().put("name", "chamber " + chambers.size());
      if (hasBoard) {
        chamber.put(oneIn(2) ? "board" : "station", board);
      }
      chamber.put("layers", layers).put("wires", wires);
      chamber.put("view", oneIn(2) ? "x" : "y").put("zMm", random.nextInt(2000) / 10.0);
      if (hasScintillator || oneIn(2)) {
        chamber.put("driftOffsetNs", BigDecimal.valueOf(between(-200_000, 200_000), 3));
      }
      if (oneIn(3)) {
        chamber.put("xMm", -1.5);
        ArrayNode shifts = chamber.putArray("layerShifts");
        random.doubles(layers, -1, 1).forEach(shifts::add);
      }
      return chamber;
    }

    /** Channels in a row or a list of some of them; how many channels they are of. */
    private int channels(ObjectNode chamber, int board, int from, int layers, int wires) {
      int size = layers * wires;
      boolean listed = oneIn(3);
      int cells = listed || oneIn(3) ? between(1, size) : size;
      if (listed) {
        boolean inPairs = hasBoard && oneIn(2);
        ArrayNode channels = chamber.putArray("channels");
        for (int i : shuffled(size).subList(0, cells)) {
          if (inPairs) {
            channels.addArray().add(board).add(from + i);
          } else {
            channels.add(from + i);
          }
        }
        if (inPairs) {
          chamber.remove(List.of("board", "station"));
        }
      } else {
        chamber.put("firstChannel", from);
      }
      if ((cells < size && !listed) || oneIn(3)) {
        ArrayNode places = chamber.putArray("cells");
        for (int cell : shuffled(size).subList(0, cells)) {
          places.addArray().add(cell / wires + 1).add(cell % wires + 1);
        }
      } else {
        ArrayNode order = chamber.putArray("layerOrder");
        shuffled(layers).forEach(layer -> order.add(layer + 1));
        if (oneIn(3)) {
          chamber.put("wiresFirst", true);
        }
      }
      return size;
    }

    private void known(ObjectNode chamber, int size) {
      for (String kind : List.of("deadCells", "weakCells", "hotCells")) {
        if (oneIn(3)) {
          int cells = chamber.has("cells") ? chamber.get("cells").size() : size;
          cells = chamber.has("channels") ? chamber.get("channels").size() : cells;
          chamber.putArray(kind).add(random.nextInt(cells));
        }
      }
    }

    /** On channels of no chamber; by layer and wire, the last of these, which no chamber has. */
    private void scintillators(List<int[]> free) {
      ArrayNode scintillators = detector.putArray("scintillators");
      if (!hasScintillator) {
        return;
      }
      if (byLayer) {
        ObjectNode scintillator = scintillators.addObject();
        int first = firstChannel % 2;
        scintillator.put("layer", first).put("wire", (1 << wireBits) - 1);
        if (hasBoard) {
          scintillator.put("board", (1 << boardBits) - 1);
        }
        return;
      }
      Collections.shuffle(free, random);
      for (int[] at : free.stream().limit(between(1, 3)).collect(Collectors.toList())) {
        ObjectNode scintillator = scintillators.addObject().put("channel", at[1]);
        if (hasBoard) {
          scintillator.put("board", at[0]);
        }
      }
    }

    private List<Integer> shuffled(int size) {
      List<Integer> numbers = IntStream.range(0, size).boxed().collect(Collectors.toList());
      Collections.shuffle(numbers, random);
      return numbers;
    }
  }
}
