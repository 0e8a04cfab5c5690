package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.driftwatch.detector.reference.Parsed.Place;
import org.driftwatch.detector.reference.ReferenceDetector;
import org.driftwatch.detector.testing.RandomDescriptions;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class ChannelMapTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int SCINTILLATOR = 256;
  private static final int OTHER = 257;

  private static int cell(DetectorDescription detector, int board, int channel) {
    return new ChannelMap(detector).cell(new HitLayout(detector).word(2, board, channel, 7, 8, 9));
  }

  @Test
  void everyChannelOfEveryBoardIsWhereTheCourseSays() {
    ChannelMap map = new ChannelMap(COURSE);
    HitLayout layout = new HitLayout(COURSE);
    assertThat(map.scintillator(), is(SCINTILLATOR));
    assertThat(map.other(), is(OTHER));
    for (int board = 0; board <= 7; board++) {
      for (int channel = 0; channel <= 511; channel++) {
        int expected =
            board == 1 && channel == 128
                ? SCINTILLATOR
                : board > 1 || channel > 127 ? OTHER : board * 128 + channel;
        assertThat(
            board + "/" + channel, map.cell(layout.word(2, board, channel, 7, 8, 9)), is(expected));
      }
    }
  }

  @Test
  void onlyBoardAndChannelDecide() {
    ChannelMap map = new ChannelMap(COURSE);
    HitLayout layout = new HitLayout(COURSE);

    assertThat(map.cell(layout.word(2, 1, 128, 4294967295L, 4095, 31)), is(SCINTILLATOR));
    assertThat(map.cell(layout.word(2, 0, 0, 4294967295L, 4095, 31)), is(0));
    assertThat(map.cell(layout.word(2, 1, 127, 0, 0, 0)), is(255));
  }

  @Test
  void chambersMayLieAnywhere() throws IOException {
    ObjectNode json = Descriptions.shipped("course");
    ArrayNode chambers = (ArrayNode) json.get("chambers");
    chambers.insert(0, chambers.remove(1));
    ((ObjectNode) chambers.get(3)).put("board", 7).put("firstChannel", 448);
    ((ObjectNode) json.get("scintillators").get(0)).put("channel", 64);
    DetectorDescription other = Descriptions.read(json);

    assertThat(cell(other, 0, 64), is(0));
    assertThat(cell(other, 0, 0), is(64));
    assertThat(cell(other, 7, 511), is(3 * 64 + 63));
    assertThat(cell(other, 1, 64), is(SCINTILLATOR));
    assertThat(cell(other, 1, 128), is(OTHER));
  }

  @Test
  void everyAddressOfAnyDetectorIsWhereItsDescriptionSays() {
    RandomDescriptions descriptions = new RandomDescriptions(Seed.random("channel maps"));
    for (int i = 0; i < 100; i++) {
      String json = descriptions.next();
      DetectorDescription detector = RandomDescriptions.read(json);
      ReferenceDetector reference = ReferenceDetector.of(json);
      Map<Place, Integer> cells = new HashMap<>();
      for (ReferenceDetector.Chamber chamber : reference.chambers()) {
        chamber.cells().forEach(place -> cells.put(place, cells.size()));
      }
      ChannelMap map = new ChannelMap(detector);
      List<Place> scintillators = reference.scintillators();
      assertThat(json, map.scintillator(), is(cells.size()));
      scintillators.forEach(place -> cells.put(place, map.scintillator()));

      RecordPacking packing = new RecordPacking(detector);
      HitLayout layout = packing.layout();
      for (int address = 0; address < 1 << layout.addressBits(); address++) {
        long word = layout.hit(address, 0, 0, 0);
        DaqRecord written = packing.record(word, 0);
        Place place =
            detector.format().isByLayerAndWire()
                ? place(detector, written)
                : new Place(written.board(), written.channel(), 0, 0);
        assertThat(
            place + " of " + json, map.cell(word), is(cells.getOrDefault(place, map.other())));
      }
    }
  }

  private static Place place(DetectorDescription detector, DaqRecord written) {
    int wireBits = detector.format().field(DetectorDescription.Role.WIRE).orElseThrow().bits();
    return new Place(
        written.board(), 0, written.channel() >> wireBits, written.channel() & (1 << wireBits) - 1);
  }
}
