package org.driftwatch.emulator.pace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateProfileTest {
  private static final RowBatch NONE = Course.batch(0);

  /** Rows due before a time, s, on a profile from its beginning. */
  private static long rowsBefore(String profile, double seconds) {
    Pace pace = new ProfilePace(RateProfile.parse(profile), 0);
    long rows = 0;
    long last = 0;
    while (true) {
      long due = pace.due(NONE, 0);
      assertThat("due times never fall", due >= last, is(true));
      if (due >= seconds * 1e9) {
        return rows;
      }
      last = due;
      rows++;
      pace.sent();
    }
  }

  @Test
  void stepsRampsAndBurstsHaveTheirRecords() {
    RateProfile profile =
        RateProfile.parse("1000:30s, 1000-20000:10s, burst 50000, 0:500ms, 20000-0:1m");
    assertThat(profile.seconds(), closeTo(100.5, 1e-9));
    assertThat(profile.records(), closeTo(30_000 + 105_000 + 50_000 + 600_000, 1e-6));
    assertThat(profile.rateAt(5), is(1000.0));
    assertThat(profile.rateAt(35), closeTo(10_500, 1e-6));
    assertThat(profile.rateAt(40.2), is(0.0));
    assertThat(profile.rateAt(105.5), is(1000.0));
  }

  @Test
  void rowsFallDueAsTheProfileSays() {
    String profile = "1000:2s,1000-3000:2s,0:1s,burst:500,100:1s";
    assertThat(rowsBefore(profile, 1), is(1000L));
    assertThat(rowsBefore(profile, 2), is(2000L));
    // Half a ramp: 1000/s to 2000/s for a second.
    assertThat((double) rowsBefore(profile, 3), closeTo(3500, 1));
    assertThat(rowsBefore(profile, 4), is(6000L));
    assertThat(rowsBefore(profile, 5), is(6000L));
    assertThat(rowsBefore(profile, 5.001), is(6501L));
    assertThat(rowsBefore(profile, 6), is(6600L));
  }

  @Test
  void theProfileIsPlayedAgainAndAgainWithoutDrift() {
    assertThat((double) rowsBefore("333:1s,0-777:1s", 2000), closeTo(1000 * (333 + 388.5), 2));
  }

  @Test
  void aProfilePlayedTwiceHasTwiceItsRowsAndNoMore() {
    Pace pace = new ProfilePace(RateProfile.parse("100:1s,burst 50"), 2);
    for (int i = 0; i < 300; i++) {
      assertThat(pace.due(NONE, 0) <= 2_000_000_000L, is(true));
      pace.sent();
    }
    assertThat(pace.due(NONE, 0) > 1e18, is(true));
  }

  @Test
  void aRampFromNothingBeginsSlowly() {
    assertThat((double) rowsBefore("0-1000:10s", 1), closeTo(50, 1));
    assertThat((double) rowsBefore("1000-0:10s", 9), closeTo(4950, 1));
    assertThat((double) rowsBefore("1000-0:10s", 10), closeTo(5000, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000|step 1 \"1000\": expected RATE:TIME",
        "1000:30s,fast:3s|step 2 \"fast:3s\": expected RATE:TIME, FROM-TO:TIME or burst:N",
        "1000:0s|step 1 \"1000:0s\" lasts 0 s",
        "1000:3d|step 1 \"1000:3d\": expected",
        "-5:3s|step 1 \"-5:3s\": expected",
        "burst 100|lasts 0.0 s with 100 records",
        "0:10s|lasts 10.0 s with 0 records",
        "1000:3s,|step 2 \"\": expected",
      })
  void whatIsNoProfileIsToldInOneLine(String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> RateProfile.parse(text));
    assertThat(e.getMessage(), containsString(message));
    assertThat(e.getMessage().lines().count(), is(1L));
  }
}
