package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.testing.RandomDescriptions;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitLayoutTest {
  private static final HitLayout COURSE = new HitLayout(DetectorDescription.course());

  @ParameterizedTest
  @CsvSource({
    // head, board, channel, orbit, crossing, tick, the word: bits 61, 58, 49, 17, 5 and 0 on
    "0, 0, 0, 0, 0, 0, 0000000000000000",
    "0, 0, 0, 0, 0, 31, 000000000000001f",
    "0, 0, 0, 0, 4095, 0, 000000000001ffe0",
    "0, 0, 0, 4294967295, 0, 0, 0001fffffffe0000",
    "0, 0, 511, 0, 0, 0, 03fe000000000000",
    "0, 7, 0, 0, 0, 0, 1c00000000000000",
    "7, 0, 0, 0, 0, 0, e000000000000000",
    "2, 1, 128, 3387315431, 3563, 30, 450193cca9cfbd7e",
    "7, 7, 511, 4294967295, 4095, 31, ffffffffffffffff",
  })
  void theCoursesHitIsTheWordOfItsDaq(
      int head, int board, int channel, long orbit, int crossing, int tick, String hex) {
    long word = COURSE.word(head, board, channel, orbit, crossing, tick);

    assertThat(String.format("%016x", word), is(hex));
    assertThat(COURSE.address(word), is(board * 512 + channel));
    assertThat(COURSE.ticks(COURSE.time(word)), is(crossing * 30 + tick));
    assertThat(COURSE.isHit(word), is(head == 2));
  }

  @Test
  void whatIsPackedIsTakenOutAgainForAnyDetector() {
    Random random = Seed.random("layouts");
    RandomDescriptions descriptions = new RandomDescriptions(random);
    for (int i = 0; i < 500; i++) {
      String json = descriptions.next();
      DetectorDescription detector = RandomDescriptions.read(json);
      HitLayout layout = new HitLayout(detector);
      int head = detector.format().hitHeads().stream().findFirst().orElse(0);
      int board = upTo(random, detector, Role.BOARD);
      int channel =
          upTo(random, detector, Role.CHANNEL)
              + layout.channel(
                  upTo(random, detector, Role.LAYER), upTo(random, detector, Role.WIRE));
      long orbit = random.nextLong() & detector.clock().lastOrbit();
      int crossing = upTo(random, detector, Role.CROSSING);
      int tick = upTo(random, detector, Role.TICK);

      long word = layout.word(head, board, channel, orbit, crossing, tick);

      assertThat(json, layout.isHit(word));
      assertThat(json, layout.head(word), is(head));
      assertThat(json, layout.board(word), is(board));
      assertThat(json, layout.channel(word), is(channel));
      assertThat(json, layout.crossing(word), is(crossing));
      assertThat(json, layout.tick(word), is(tick));
      assertThat(json, layout.orbit(word, layout.orbitAbove(orbit)), is(orbit));
      assertThat(
          json,
          layout.ticks(layout.time(word)),
          is(crossing * detector.clock().ticksPerCrossing() + tick));
      assertThat(
          json,
          Long.SIZE - layout.timeBits() - layout.orbitBits(),
          is(greaterThanOrEqualTo(layout.cellBits())));
    }
  }

  private static int upTo(Random random, DetectorDescription detector, Role role) {
    int bits = detector.format().field(role).map(Field::bits).orElse(0);
    return random.nextInt(1 << bits);
  }
}
