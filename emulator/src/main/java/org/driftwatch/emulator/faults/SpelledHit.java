package org.driftwatch.emulator.faults;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;

/** A hit of a detector, to be spelled in ways that are not quite right. */
final class SpelledHit {
  private static final int CELL = 17;
  private static final long ORBIT = 616_953;
  private static final int CROSSING = 2871;
  private static final int TICK = 26;

  private final DetectorDescription detector;

  /** The fields that are read, with their values as text. */
  private final Map<Field, String> values = new LinkedHashMap<>();

  private final Field channel;

  SpelledHit(DetectorDescription detector) {
    this.detector = detector;
    for (Field field : detector.format().fields()) {
      if (field.role() != Role.OTHER) {
        values.put(field, "0");
      }
    }
    DaqRecord hit = hit();
    int wireBits = detector.format().field(Role.WIRE).map(Field::bits).orElse(0);
    values.replaceAll(
        (field, none) ->
            switch (field.role()) {
              case HEAD -> Integer.toString(hit.head());
              case BOARD -> Integer.toString(hit.board());
              case CHANNEL -> Integer.toString(hit.channel());
              case LAYER -> Integer.toString(hit.channel() >> wireBits);
              case WIRE -> Integer.toString(hit.channel() & (1 << wireBits) - 1);
              case ORBIT -> Long.toString(hit.orbit());
              case CROSSING -> Integer.toString(hit.crossing());
              case TICK -> Integer.toString((int) hit.tick());
              case ARRIVAL, RUN, OTHER -> none;
            });
    channel =
        detector
            .format()
            .field(Role.CHANNEL)
            .or(() -> detector.format().field(Role.WIRE))
            .orElseThrow();
  }

  private DaqRecord hit() {
    RecordPacking packing = new RecordPacking(detector);
    HitLayout layout = packing.layout();
    Clock clock = detector.clock();
    List<Channel> channels = detector.chambers().get(0).channels();
    Channel cell = channels.get(Math.min(CELL, channels.size() - 1));
    int crossing = Math.min(CROSSING, clock.crossingsPerOrbit() - 1);
    int first = detector.format().field(Role.TICK).orElseThrow().first();
    int tick = first + Math.min(TICK - 1, clock.ticksPerCrossing() - 1);
    long orbit = ORBIT & clock.lastOrbit();
    long word = layout.hit(layout.address(cell), orbit, crossing, tick);
    return packing.record(word, layout.orbitAbove(orbit));
  }

  /** The number of its channel, or of its wire. */
  String channel() {
    return values.get(channel);
  }

  String json() {
    return json(values);
  }

  String jsonWithChannel(String text) {
    return jsonWith(channel, text);
  }

  String jsonWithOrbitBeyond() {
    return jsonWith(
        detector.format().field(Role.ORBIT).orElseThrow(),
        BigInteger.ONE.shiftLeft(detector.clock().orbitBits()).toString());
  }

  String jsonWithoutLast() {
    Map<Field, String> others = new LinkedHashMap<>(values);
    others.keySet().remove(List.copyOf(values.keySet()).get(values.size() - 1));
    return json(others);
  }

  String csvWithoutLast() {
    List<Field> fields = detector.format().fields();
    return fields.subList(0, fields.size() - 1).stream()
        .map(field -> values.getOrDefault(field, "0"))
        .collect(Collectors.joining(","));
  }

  String blockEndingInMidWord() {
    byte[] header = new RecordWriter(detector).blockHeader().take();
    return new String(header, StandardCharsets.ISO_8859_1) + "\1\2\3\4\5";
  }

  private String jsonWith(Field field, String text) {
    Map<Field, String> changed = new LinkedHashMap<>(values);
    changed.put(field, text);
    return json(changed);
  }

  private static String json(Map<Field, String> fields) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    fields.forEach((field, text) -> put(json, field.name(), text));
    return json.toString();
  }

  private static void put(ObjectNode json, String name, String text) {
    ObjectNode parent = json;
    String last = name;
    if (name.startsWith("/")) {
      JsonPointer path = JsonPointer.compile(name);
      for (; !path.tail().matches(); path = path.tail()) {
        JsonNode below = parent.get(path.getMatchingProperty());
        parent = below == null ? parent.putObject(path.getMatchingProperty()) : (ObjectNode) below;
      }
      last = path.getMatchingProperty();
    }
    parent.putRawValue(last, new RawValue(text));
  }
}
