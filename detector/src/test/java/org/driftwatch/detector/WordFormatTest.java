package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.testing.RandomDescriptions;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class WordFormatTest {
  @Test
  void anyWordIsTakenApartAndPutTogetherAgain() {
    Random random = Seed.random("any word");
    RandomDescriptions descriptions = new RandomDescriptions(random);
    int detectors = 0;
    for (int i = 0; i < 400; i++) {
      String description = descriptions.next();
      DetectorDescription detector = RandomDescriptions.read(description);
      // A board's arrival is not kept: it follows from the hit's own time.
      if (!detector.format().hasWords() || !detector.format().arrival().isEmpty()) {
        continue;
      }
      detectors++;
      WordFormat format = new WordFormat(detector);
      for (int k = 0; k < 20; k++) {
        long word = random.nextLong();
        long back =
            format.word(
                format.hit(word), format.orbitAbove(word), format.hasRuns() ? format.run(word) : 0);
        assertThat(description, back, is(word & bitsRead(detector)));
      }
    }
    assertThat(detectors, is(greaterThan(40)));
  }

  /** The bits of fields that are not passed over. */
  private static long bitsRead(DetectorDescription detector) {
    long bits = 0;
    for (Field field : detector.format().fields()) {
      bits |=
          field.role() != DetectorDescription.Role.OTHER && field.isInWords()
              ? -1L >>> (Long.SIZE - field.bits()) << field.lowestBit()
              : 0;
    }
    return bits;
  }

  @Test
  void bytesStandInTheOrderOfTheDescription() throws IOException {
    byte[] bytes = new byte[16];
    new WordFormat(DetectorDescription.course()).write(bytes, 8, 0x0102030405060708L);
    assertThat(bytes, is(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1}));
  }

  @Test
  void theWordsInFrontOfABlockHoldTheRun() throws IOException {
    WordFormat format = new WordFormat(DetectorDescription.load("daq-blocks"));
    assertThat(format.headerWords(), is(1));
    assertThat(format.headerWord(0, 591), is(591L));
    byte[] bytes = new byte[8];
    format.write(bytes, 0, format.headerWord(0, 591));
    assertThat(format.runOfHeader(bytes, 0), is(591L));
    assertThat(
        new WordFormat(DetectorDescription.course()).runOfHeader(bytes, 0), is(RecordSink.NO_RUN));
  }
}
