package org.driftwatch.detector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All that is to be known of a detector that is not physics: its clock, the format of its records,
 * its chambers and scintillators. Read from a JSON file, whose fields docs/detectors.md explains;
 * {@link #course()} is the default. Immutable; whatever {@link #load} gives has been checked.
 *
 * @param name the detector's name, for messages and screens
 * @param clock what orbits, crossings and ticks are
 * @param format how a record is written
 * @param chambers 1 to {@value #MAX_CHAMBERS} chambers, in order
 * @param scintillators channels of scintillators: none, one or several
 * @param cellWidthMm width of a drift cell, mm
 * @param cellHeightMm height of a drift cell, mm
 * @param driftVelocityUmPerNs drift velocity, um/ns
 * @param maxDriftNs longest drift, ns
 * @param expected how its hits are shared in healthy running
 */
public record DetectorDescription(
    String name,
    Clock clock,
    Format format,
    List<Chamber> chambers,
    List<Channel> scintillators,
    double cellWidthMm,
    double cellHeightMm,
    double driftVelocityUmPerNs,
    double maxDriftNs,
    Expected expected)
    implements Serializable {

  /** Most chambers of a detector. */
  public static final int MAX_CHAMBERS = 16;

  /** Most cells of a chamber. */
  public static final int MAX_CELLS = 1024;

  /** Copies the lists. */
  public DetectorDescription {
    chambers = List.copyOf(chambers);
    scintillators = List.copyOf(scintillators);
  }

  /**
   * The clock that hits are stamped with.
   *
   * @param crossingNs length of a bunch crossing, ns, to at most six decimals
   * @param crossingsPerOrbit bunch crossings of an orbit
   * @param ticksPerCrossing fine-time units of a crossing
   * @param orbitBits bits of the orbit counter, 8 to 64; after its largest value comes 0
   */
  public record Clock(
      BigDecimal crossingNs, int crossingsPerOrbit, int ticksPerCrossing, int orbitBits)
      implements Serializable {

    /** Length of an orbit, ns. */
    public double orbitNs() {
      return crossingNs.doubleValue() * crossingsPerOrbit;
    }

    /** Length of a tick, ns. */
    public double tickNs() {
      return crossingNs.doubleValue() / ticksPerCrossing;
    }

    /** The largest value of the orbit counter; all its bits are set. */
    public long lastOrbit() {
      return -1L >>> (Long.SIZE - orbitBits);
    }

    /** Length of a crossing in femtoseconds, that is, millionths of a nanosecond. */
    public long crossingFs() {
      return crossingNs.movePointRight(6).longValueExact();
    }
  }

  /** What a field of a record holds. */
  public enum Role {
    /** Kind of record; without such a field every record is a hit. */
    HEAD,
    /** Board that read the hit, or the station of its chamber; without such a field it is 0. */
    BOARD,
    /** Channel of the board. */
    CHANNEL,
    /** Layer of the hit's cell; with WIRE in place of CHANNEL. */
    LAYER,
    /** Wire of the hit's cell; with LAYER in place of CHANNEL. */
    WIRE,
    /** Orbit counter. */
    ORBIT,
    /** Bunch crossing within the orbit. */
    CROSSING,
    /** Fine time within the crossing. */
    TICK,
    /** Crossing at which the board sent the hit, see {@link Arrival}. */
    ARRIVAL,
    /** Run number. */
    RUN,
    /** Nothing that is read: a column of a CSV line that is passed over. */
    OTHER
  }

  /**
   * A field of a record.
   *
   * @param role what it holds
   * @param name its name in a JSON object and in a CSV header; or its JSON Pointer, which begins
   *     with a slash
   * @param bits its width: records write 0 to {@code 2^bits - 1} there, whatever {@code first} is
   * @param lowestBit its place in a 64-bit word, from the least significant bit; -1 where words do
   *     not hold it
   * @param first the number of the first board, channel, layer, wire or tick; 0 for other fields
   */
  public record Field(Role role, String name, int bits, int lowestBit, int first)
      implements Serializable {

    /** True where words hold it. */
    public boolean isInWords() {
      return lowestBit >= 0;
    }
  }

  /**
   * How records are written.
   *
   * @param fields the fields, in the order of the columns of a CSV line
   * @param hitHeads values of HEAD that mark a hit; empty where there is no such field
   * @param valuesAreWords true where a value without the header {@code format} is a block of words
   * @param isBigEndian true where the bytes of a word stand in that order
   * @param blockHeader what the words in front of a block's first record hold, in their order
   * @param blockWords words of a block after those; 0 where blocks have any number. Tells where the
   *     next block begins in a file of blocks
   * @param arrival how the orbit of a hit follows from that of its arrival; empty where the orbit
   *     counter is the hit's own
   */
  public record Format(
      List<Field> fields,
      List<Integer> hitHeads,
      boolean valuesAreWords,
      boolean isBigEndian,
      List<HeaderWord> blockHeader,
      int blockWords,
      List<Arrival> arrival)
      implements Serializable {

    /** Copies the lists. */
    public Format {
      fields = List.copyOf(fields);
      hitHeads = List.copyOf(hitHeads);
      blockHeader = List.copyOf(blockHeader);
      arrival = List.copyOf(arrival);
    }

    /** The field of this role, if there is one. */
    public Optional<Field> field(Role role) {
      return fields.stream().filter(field -> field.role() == role).findFirst();
    }

    /** True where a record names layer and wire in place of a channel. */
    public boolean isByLayerAndWire() {
      return field(Role.LAYER).isPresent();
    }

    /** Bits of the run number in records, or in the words in front of a block; 0 for none. */
    public int runBits() {
      return field(Role.RUN)
          .map(Field::bits)
          .or(
              () ->
                  blockHeader.stream().filter(HeaderWord::isRun).map(HeaderWord::bits).findFirst())
          .orElse(0);
    }

    /** True where records, or the words in front of a block of them, hold the number of the run. */
    public boolean hasRuns() {
      return runBits() > 0;
    }

    /** The line that names the columns of CSV, without its end. */
    public String csvHeader() {
      return fields.stream().map(Field::name).collect(Collectors.joining(","));
    }

    /** True where records can be written as words. */
    public boolean hasWords() {
      return fields.stream().allMatch(f -> f.role() == Role.OTHER || f.isInWords());
    }
  }

  /**
   * A 64-bit word in front of a block.
   *
   * @param isRun true where it holds the run number, false where it is passed over
   * @param lowestBit the run number's place in the word
   * @param bits the run number's width, up to 63
   */
  public record HeaderWord(boolean isRun, int lowestBit, int bits) implements Serializable {}

  /**
   * The orbit counter and {@link Role#ARRIVAL} say when a board sent the hit. The hit is of the
   * orbit before where the one is small and the hit's own crossing is large.
   *
   * @param arrivalBelow the crossing of the arrival is below this
   * @param crossingAbove and the hit's crossing is above this
   */
  public record Arrival(int arrivalBelow, int crossingAbove) implements Serializable {}

  /**
   * A channel of a board, counted from 0 whatever the records call it.
   *
   * @param board board or station
   * @param channel the channel; where records name layer and wire, {@link HitLayout#channel} of
   *     them
   */
  public record Channel(int board, int channel) implements Serializable {}

  /** The coordinate that a chamber measures. */
  public enum View {
    X,
    Y
  }

  /**
   * A chamber.
   *
   * @param name its name, for messages and screens
   * @param channels the channel of each of its cells
   * @param cells layer and wire of each of its cells
   * @param layers layers; layer 1 is at the bottom
   * @param wires wires of a layer, counted from 1
   * @param view the coordinate that it measures
   * @param xMm place of its middle across its wires, mm
   * @param zMm height of its middle, mm
   * @param layerShifts how far each layer is shifted across its wires, in cells, from layer 1 on
   * @param driftOffsetNs offset added to the drift time, ns, to a thousandth
   * @param deadCells cells known to give nothing
   * @param weakCells cells known to give next to nothing
   * @param hotCells cells known to be noisy
   */
  public record Chamber(
      String name,
      List<Channel> channels,
      List<Cell> cells,
      int layers,
      int wires,
      View view,
      double xMm,
      double zMm,
      List<Double> layerShifts,
      BigDecimal driftOffsetNs,
      List<Integer> deadCells,
      List<Integer> weakCells,
      List<Integer> hotCells)
      implements Serializable {

    /** Copies the lists. */
    public Chamber {
      channels = List.copyOf(channels);
      cells = List.copyOf(cells);
      layerShifts = List.copyOf(layerShifts);
      deadCells = List.copyOf(deadCells);
      weakCells = List.copyOf(weakCells);
      hotCells = List.copyOf(hotCells);
    }

    /** Number of cells. */
    public int size() {
      return cells.size();
    }

    /** Layer of a cell, 1 (bottom) to {@link #layers}. */
    public int layer(int cell) {
      return cells.get(cell).layer();
    }

    /** Wire of a cell within its layer, 1 to {@link #wires}. */
    public int wire(int cell) {
      return cells.get(cell).wire();
    }

    /** True where its channels are those of one board in a row. */
    public boolean hasChannelsInRow() {
      Channel first = channels.get(0);
      for (int i = 0; i < channels.size(); i++) {
        if (!channels.get(i).equals(new Channel(first.board(), first.channel() + i))) {
          return false;
        }
      }
      return true;
    }

    /**
     * Number of the first bin of the chamber's occupancy: its first channel where its channels are
     * those of one board in a row, else 0.
     */
    public int firstBin() {
      return hasChannelsInRow() ? channels.get(0).channel() : 0;
    }

    /** The drift-time offset in thousandths of a nanosecond. */
    public long driftOffsetPs() {
      return driftOffsetNs.movePointRight(3).longValueExact();
    }
  }

  /**
   * Where a cell is in its chamber.
   *
   * @param layer layer, 1 at the bottom
   * @param wire wire within the layer, from 1
   */
  public record Cell(int layer, int wire) implements Serializable {}

  /**
   * How the hits are shared in healthy running, whatever their rate, as far as that is known.
   *
   * @param chamberShares share of each chamber in the hits of all chambers, 0 to 1; empty where it
   *     is not known
   * @param scintillatorShare share of the scintillators' hits in all hits, 0 to 1; 0 where it is
   *     not known
   */
  public record Expected(List<Double> chamberShares, double scintillatorShare)
      implements Serializable {
    /** Nothing is known. */
    public static final Expected UNKNOWN = new Expected(List.of(), 0);

    /** Copies the list. */
    public Expected {
      chamberShares = List.copyOf(chamberShares);
    }

    /** Share of a chamber in the hits of all chambers; 0 where it is not known. */
    public double chamberShare(int chamber) {
      return chamberShares.isEmpty() ? 0 : chamberShares.get(chamber);
    }
  }

  /** Number of cells of each chamber. */
  public int[] cellsOfChambers() {
    return chambers.stream().mapToInt(Chamber::size).toArray();
  }

  /**
   * Position of a wire across its chamber, mm from the chamber's middle. Source: detector geometry
   * of the course, where shifted layers reach half a cell further.
   */
  public double wireX(int chamber, int cell) {
    Chamber c = chambers.get(chamber);
    double inCells =
        c.wire(cell) - 1 - c.wires() / 2.0 + 0.5 + c.layerShifts().get(c.layer(cell) - 1);
    return inCells * cellWidthMm;
  }

  /** Height of a cell's wire above its chamber's middle, mm. */
  public double wireZ(int chamber, int cell) {
    Chamber c = chambers.get(chamber);
    return (c.layer(cell) - (c.layers() + 1) / 2.0) * cellHeightMm;
  }

  /** The detector of the course's data; the default everywhere. */
  public static DetectorDescription course() {
    return DescriptionReader.shipped("course");
  }

  /** Names of the descriptions that come with Driftwatch; {@link #load} takes each. */
  public static List<String> shippedNames() {
    return DescriptionReader.shippedNames();
  }

  /**
   * Reads a description, or a run configuration as earlier versions had them.
   *
   * @param file the file, or the name of a shipped one such as {@code daq-blocks}
   * @throws IOException with one line that says the file, the field, its value and what was
   *     expected
   */
  public static DetectorDescription load(String file) throws IOException {
    return DescriptionReader.load(file);
  }

  /** Runners send the steps of a pipeline, and a description with each, again and again. */
  @SuppressWarnings("ReferenceEquality") // The same object: comparing its cells would take longer.
  private Object writeReplace() {
    Serialized last = Serialized.last;
    if (last == null || last.description != this) {
      last = new Serialized(this);
      Serialized.last = last;
    }
    return last;
  }

  /** What is serialized in a description's place: its bytes, read once in each process. */
  private static final class Serialized implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Map<ByteBuffer, DetectorDescription> READ = new ConcurrentHashMap<>();
    private static volatile Serialized last;

    private final transient DetectorDescription description;
    private final byte[] components;

    Serialized(DetectorDescription d) {
      description = d;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(d.name);
        out.writeObject(d.clock);
        out.writeObject(d.format);
        out.writeObject(d.chambers);
        out.writeObject(d.scintillators);
        out.writeDouble(d.cellWidthMm);
        out.writeDouble(d.cellHeightMm);
        out.writeDouble(d.driftVelocityUmPerNs);
        out.writeDouble(d.maxDriftNs);
        out.writeObject(d.expected);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      components = bytes.toByteArray();
    }

    private Object readResolve() {
      return READ.computeIfAbsent(ByteBuffer.wrap(components), bytes -> read());
    }

    @SuppressWarnings("unchecked")
    private DetectorDescription read() {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(components))) {
        return new DetectorDescription(
            (String) in.readObject(),
            (Clock) in.readObject(),
            (Format) in.readObject(),
            (List<Chamber>) in.readObject(),
            (List<Channel>) in.readObject(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            (Expected) in.readObject());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
