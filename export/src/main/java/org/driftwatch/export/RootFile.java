package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A ROOT file: each histogram as {@code TH1D} or {@code TH2D}, each number and text as {@code
 * TNamed}, uncompressed. Whole numbers up to 2^53 are exact in it. Source: ROOT, "ROOT I/O" of its
 * documentation ({@code root/io/doc/TFile}).
 */
final class RootFile {
  private static final int BEGIN = 100;
  private static final int FILE_VERSION = 62_400;
  private static final int KEY_VERSION = 4;

  /** Bytes of a key beside its three texts. */
  private static final int KEY_BYTES = 26;

  private static final int DIRECTORY_BYTES = 60;
  private static final int FIRST_YEAR = 1995;
  private static final int NO_LIMIT = -1111;
  private static final String FILE = "TFile";

  private final RootBuffer file = new RootBuffer();
  private final List<byte[]> keys = new ArrayList<>();
  private final int time;

  private RootFile(Instant written) {
    ZonedDateTime t = written.atZone(ZoneOffset.UTC);
    time =
        (t.getYear() - FIRST_YEAR) << 26
            | t.getMonthValue() << 22
            | t.getDayOfMonth() << 17
            | t.getHour() << 12
            | t.getMinute() << 6
            | t.getSecond();
  }

  /**
   * The file's bytes.
   *
   * @param name what the file is called
   * @param written the time that it says it was written at
   */
  static byte[] of(Contents contents, String name, Instant written) {
    return new RootFile(written).write(contents, name);
  }

  private byte[] write(Contents contents, String name) {
    String title = "Driftwatch";
    int nameBytes = keyBytes(FILE, name, title) + textBytes(name) + textBytes(title);
    file.bytes(new byte[BEGIN]);
    // The directory itself comes first; where its keys are is known at the end.
    RootBuffer top = new RootBuffer();
    top.text(name).text(title);
    int directoryAt = BEGIN + keyBytes(FILE, name, title) + top.size();
    top.bytes(new byte[DIRECTORY_BYTES]);
    record(FILE, name, title, top.toBytes(), 0);
    for (Plot plot : contents.plots()) {
      RootBuffer object = new RootBuffer();
      histogram(object, plot);
      keys.add(record(className(plot), plot.name(), plot.title(), object.toBytes(), BEGIN));
    }
    for (Map.Entry<String, Long> number : contents.numbers().entrySet()) {
      named(number.getKey(), Long.toString(number.getValue()));
    }
    contents.about().fields().forEach(this::named);
    int keysAt = file.size();
    RootBuffer list = new RootBuffer();
    list.int32(keys.size());
    keys.forEach(list::bytes);
    record(FILE, name, title, list.toBytes(), BEGIN);
    int keysBytes = file.size() - keysAt;
    int infoAt = file.size();
    RootBuffer infos = new RootBuffer();
    RootStreamers.write(infos);
    record("TList", "StreamerInfo", "Doubly linked list", infos.toBytes(), BEGIN);
    int infoBytes = file.size() - infoAt;
    int freeAt = file.size();
    int end = freeAt + keyBytes(FILE, name, title) + 10;
    RootBuffer free = new RootBuffer().int16(1).int32(end).int32(2_000_000_000);
    record(FILE, name, title, free.toBytes(), BEGIN);
    int freeBytes = file.size() - freeAt;

    byte[] bytes = file.toBytes();
    RootBuffer head = new RootBuffer();
    head.bytes(new byte[] {'r', 'o', 'o', 't'}).int32(FILE_VERSION).int32(BEGIN).int32(end);
    head.int32(freeAt).int32(freeBytes).int32(1).int32(nameBytes).int8(4).int32(0);
    head.int32(infoAt).int32(infoBytes);
    uuid(head, name);
    put(bytes, 0, head);
    RootBuffer directory = new RootBuffer();
    directory.int16(5).int32(time).int32(time).int32(keysBytes).int32(nameBytes);
    directory.int32(BEGIN).int32(0).int32(keysAt);
    uuid(directory, name);
    put(bytes, directoryAt, directory);
    return bytes;
  }

  private static void put(byte[] bytes, int at, RootBuffer part) {
    System.arraycopy(part.toBytes(), 0, bytes, at, part.size());
  }

  /** From the file's name and time: the same contents give the same bytes. */
  private void uuid(RootBuffer buffer, String name) {
    UUID uuid = UUID.nameUUIDFromBytes((name + time).getBytes(UTF_8));
    buffer.int16(1);
    buffer.int32((int) (uuid.getMostSignificantBits() >>> 32));
    buffer.int32((int) uuid.getMostSignificantBits());
    buffer.int32((int) (uuid.getLeastSignificantBits() >>> 32));
    buffer.int32((int) uuid.getLeastSignificantBits());
  }

  private void named(String name, String text) {
    byte[] object = new RootBuffer().named(name, text).toBytes();
    keys.add(record("TNamed", name, text, object, BEGIN));
  }

  /** Appends an object with its key; gives the key. */
  private byte[] record(String className, String name, String title, byte[] object, int parent) {
    int at = file.size();
    int keyBytes = keyBytes(className, name, title);
    RootBuffer key = new RootBuffer();
    key.int32(keyBytes + object.length).int16(KEY_VERSION).int32(object.length).int32(time);
    key.int16(keyBytes).int16(1).int32(at).int32(parent);
    key.text(className).text(name).text(title);
    file.bytes(key.toBytes()).bytes(object);
    return key.toBytes();
  }

  private static int keyBytes(String className, String name, String title) {
    return KEY_BYTES + textBytes(className) + textBytes(name) + textBytes(title);
  }

  private static int textBytes(String text) {
    return new RootBuffer().text(text).size();
  }

  private static String className(Plot plot) {
    return plot.axes().size() == 1 ? "TH1D" : "TH2D";
  }

  private static void histogram(RootBuffer buffer, Plot plot) {
    double[] counts = new double[plot.cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (double) plot.count(i);
    }
    Moments moments = new Moments(plot);
    if (plot.axes().size() == 1) {
      buffer.object(3, b -> th1(b, plot, moments).array(counts));
      return;
    }
    buffer.object(
        4,
        b ->
            b.object(
                    5,
                    h ->
                        th1(h, plot, moments)
                            .float64(1)
                            .float64(moments.y)
                            .float64(moments.yy)
                            .float64(moments.xy))
                .array(counts));
  }

  private static RootBuffer th1(RootBuffer buffer, Plot plot, Moments moments) {
    return buffer.object(
        8,
        b -> {
          b.named(plot.name(), plot.title());
          b.object(2, look -> look.int16(602).int16(1).int16(1));
          b.object(2, look -> look.int16(0).int16(1001));
          b.object(2, look -> look.int16(1).int16(1).float32(1));
          b.int32(plot.cells());
          Axis none = new Axis("", "", 0, 1);
          axis(b, "xaxis", plot.axes().get(0));
          axis(b, "yaxis", plot.axes().size() > 1 ? plot.axes().get(1) : none);
          axis(b, "zaxis", none);
          b.int16(0).int16(1000).float64((double) plot.entries());
          b.float64(moments.w).float64(moments.w).float64(moments.x).float64(moments.xx);
          b.float64(NO_LIMIT).float64(NO_LIMIT).float64(0);
          b.array().array().text("");
          b.list(List.of());
          // No buffer of entries; errors as the roots of counts; overflows as ROOT has them.
          b.int32(0).int8(0).int32(0).int32(2);
        });
  }

  private static void axis(RootBuffer buffer, String name, Axis axis) {
    buffer.object(
        10,
        b -> {
          b.named(name, axis.label());
          b.object(
              4,
              look ->
                  look.int32(510)
                      .int16(1)
                      .int16(1)
                      .int16(42)
                      .float32(0.005f)
                      .float32(0.035f)
                      .float32(0.03f)
                      .float32(1)
                      .float32(0.035f)
                      .int16(1)
                      .int16(42));
          b.int32(axis.bins()).float64(axis.edge(0)).float64(axis.edge(axis.bins()));
          b.array(
              axis.isRegular()
                  ? new double[0]
                  : Arrays.stream(axis.edges()).asDoubleStream().toArray());
          b.int32(0).int32(0).int16(0).int8(0).text("").noPointer().noPointer();
        });
  }

  /** Sums over the bins, without under- and overflow, each bin at its middle, as ROOT sums them. */
  private static final class Moments {
    private double w;
    private double x;
    private double xx;
    private double y;
    private double yy;
    private double xy;

    Moments(Plot plot) {
      Axis first = plot.axes().get(0);
      int rows = plot.axes().size() == 1 ? 1 : plot.axes().get(1).bins();
      for (int row = 0; row < rows; row++) {
        for (int bin = 0; bin < first.bins(); bin++) {
          boolean isFlat = plot.axes().size() == 1;
          double count = (double) (isFlat ? plot.count(bin + 1) : plot.count(bin + 1, row + 1));
          double atX = middle(first, bin);
          double atY = isFlat ? 0 : middle(plot.axes().get(1), row);
          w += count;
          x += count * atX;
          xx += count * atX * atX;
          y += count * atY;
          yy += count * atY * atY;
          xy += count * atX * atY;
        }
      }
    }

    private static double middle(Axis axis, int bin) {
      return (axis.edge(bin) + axis.edge(bin + 1)) / 2.0;
    }
  }
}
