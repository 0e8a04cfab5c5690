package org.driftwatch.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** No listing of a store makes its reader fail or hang; see {@link Fuzzer}. */
class ListingFuzzTest {
  @Test
  void namesOfAListingAreChosenOrRefused() {
    Fuzzer.run(
        "listing of a container",
        Fuzzer.texts("a.csv\nb/c.dat.gz\nREADME\n.hidden\nD.TXT\n"),
        List.of(".csv", ".gz", "/", "\n", ".", ".dat.gz"),
        IOException.class,
        input -> {
          List<String> told = new ArrayList<>();
          return Listing.choose("container", Fuzzer.text(input).lines().toList(), told::add)
              + told.toString();
        });
  }
}
