package org.driftwatch.benchmarks.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads a JSON record with Jackson's streaming parser, the fastest of the usual ways. */
final class HitReader {
  /** What {@link #read} gives for a record that is no hit. */
  static final long NO_HIT = -1;

  private static final JsonFactory JSON = new JsonFactory();

  private HitReader() {}

  /** The hit as {@link WindowHits#pack} packs it, or {@link #NO_HIT}. */
  static long read(byte[] value) throws IOException {
    int head = 0;
    int fpga = 0;
    int channel = 0;
    long orbit = 0;
    int bx = 0;
    int tdc = 0;
    try (JsonParser json = JSON.createParser(value)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "HEAD" -> head = json.getIntValue();
          case "FPGA" -> fpga = json.getIntValue();
          case "TDC_CHANNEL" -> channel = json.getIntValue();
          case "ORBIT_CNT" -> orbit = json.getLongValue();
          case "BX_COUNTER" -> bx = json.getIntValue();
          case "TDC_MEAS" -> tdc = json.getIntValue();
          default -> json.skipChildren();
        }
      }
    }
    return head == 2 ? WindowHits.pack(fpga, channel, orbit, bx, tdc) : NO_HIT;
  }
}
