package org.driftwatch.detector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** No file makes the reader of descriptions fail or hang; see {@link Fuzzer}. */
class DescriptionFuzzTest {
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          "null",
          "true",
          "/*",
          "//",
          "\"first\":1,",
          "\"first\"",
          "\"bits\":64,",
          "\"lowestBit\":0,",
          "\"is\":\"other\",",
          "\"is\":\"run\",",
          "\"channels\":[[0,1]],",
          "\"cells\":[[1,1]],",
          "\"wiresFirst\":true,",
          "\"station\":0,",
          "\"layers\":64,",
          "\"wires\":1024,",
          "\"/a/0\"",
          "scintillator",
          "channel",
          "layer",
          "run");

  @Test
  void descriptionsAreReadOrRefused() {
    List<byte[]> sound = new ArrayList<>();
    for (String name : DescriptionReader.shippedNames()) {
      sound.add(Descriptions.bytes("detectors/" + name + ".json"));
    }
    sound.add(Descriptions.bytes("run-configuration.json"));
    Fuzzer.run(
        "DescriptionReader",
        random -> sound.get(random.nextInt(sound.size())),
        TOKENS,
        IOException.class,
        input -> {
          DetectorDescription detector = DescriptionReader.read("my.json", input);
          detector.clock().crossingFs();
          detector.chambers().forEach(DetectorDescription.Chamber::driftOffsetPs);
          return detector;
        });
  }
}
