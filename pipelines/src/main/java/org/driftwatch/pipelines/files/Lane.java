package org.driftwatch.pipelines.files;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.files.InputFile;

/**
 * Files, or parts of files, that are read one after the other. A place in a lane is one number:
 * that of the part, and in the lower bits the byte of its file.
 *
 * @param parts what is read
 */
record Lane(ArrayList<Part> parts) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BYTE_BITS = 44;

  /** A file that is not splittable weighs as if it were so much longer: it is compressed. */
  private static final long COMPRESSED = 4;

  /** To open a file takes as long as to read so many bytes. */
  private static final long OPENING = 64 << 10;

  /**
   * A part of a file.
   *
   * @param number of the file, in the order of all
   * @param from where it begins, bytes
   * @param to what begins here is of the next part; {@code Long.MAX_VALUE} for the end
   */
  record Part(InputFile file, int number, long from, long to) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  static long place(int part, long at) {
    return (long) part << BYTE_BITS | at;
  }

  static int part(long place) {
    return (int) (place >>> BYTE_BITS);
  }

  static long at(long place) {
    return place & (1L << BYTE_BITS) - 1;
  }

  /** The place behind the last. */
  long end() {
    return place(parts.size(), 0);
  }

  /**
   * Deals files out, in their order.
   *
   * @param lanes how many there are at the most
   * @param least bytes of a lane that is worth while
   */
  static List<Lane> of(List<InputFile> files, int lanes, long least) {
    long all = files.stream().mapToLong(Lane::weight).sum();
    long each = Math.max(least, (all + lanes - 1) / lanes);
    List<Lane> dealt = new ArrayList<>();
    Lane lane = new Lane(new ArrayList<>());
    long room = each;
    for (int i = 0; i < files.size(); i++) {
      InputFile file = files.get(i);
      long from = 0;
      while (file.isSplittable() && file.size() - from > room) {
        lane.parts.add(new Part(file, i, from, from + room));
        from += room;
        dealt.add(lane);
        lane = new Lane(new ArrayList<>());
        room = each;
      }
      lane.parts.add(new Part(file, i, from, Long.MAX_VALUE));
      room -= weight(file) - from;
      if (room <= 0) {
        dealt.add(lane);
        lane = new Lane(new ArrayList<>());
        room = each;
      }
    }
    if (!lane.parts.isEmpty()) {
      dealt.add(lane);
    }
    return dealt;
  }

  private static long weight(InputFile file) {
    long size = Math.max(0, file.size());
    return OPENING + (file.isSplittable() ? size : COMPRESSED * size);
  }
}
