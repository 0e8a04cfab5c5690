package org.driftwatch.pipelines.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;

/** What must hold within every message of the topic {@code results}. */
public final class Contract {
  private Contract() {}

  /** The sums that design and schema promise. */
  public static void assertConsistent(JsonNode summary) {
    String what = summary.path("window") + " revision " + summary.path("revision");
    long hits = summary.get("hits").asLong();
    long sum = summary.get("scintillator_hits").asLong() + summary.get("other_hits").asLong();
    for (int chamber = 0; chamber < summary.get("hitsPerChamber").size(); chamber++) {
      long own = summary.get("hitsPerChamber").get(chamber).asLong();
      JsonNode drift = summary.get("histo_drift_ch" + chamber);
      sum += own;
      assertThat(what, entries(summary.get("histo_ch" + chamber)), is(own));
      assertThat(
          what,
          entries(drift) + drift.get("underflow").asLong() + drift.get("overflow").asLong(),
          is(entries(summary.get("histo_scint_ch" + chamber))));
      assertThat(
          what,
          summary.get("orbits").asLong(),
          is(greaterThanOrEqualTo(entries(summary.get("histo_orbit_ch" + chamber)))));
    }
    assertThat(what, sum, is(hits));
    assertThat(what, summary.get("tot_import").asLong(), is(greaterThanOrEqualTo(hits)));
    assertThat(
        what,
        summary.get("orbits").asLong(),
        is(greaterThanOrEqualTo(summary.get("scintillator_orbits").asLong())));
  }

  private static long entries(JsonNode histogram) {
    long sum = 0;
    for (JsonNode count : histogram.get("bin_counts")) {
      sum += count.asLong();
    }
    return sum;
  }
}
