package org.driftwatch.pipelines.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.remote.RemoteAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {
  @TempDir Path folder;

  @Test
  void lanesTakeEachByteOfEachFileOnceAndInOrder() throws IOException {
    Random random = Seed.random("lanes");
    for (int i = 0; i < 12; i++) {
      Files.write(
          folder.resolve(
              "part-" + (char) ('a' + i) + (random.nextInt(4) == 0 ? ".csv.gz" : ".csv")),
          new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(500_000)]);
    }
    List<InputFile> files =
        InputFiles.find(List.of(folder.toString()), RemoteAccess.DEFAULT, line -> {});
    for (int lanes : new int[] {1, 2, 3, 50, Integer.MAX_VALUE}) {
      int file = -1;
      long at = Long.MAX_VALUE;

      List<Lane> dealt = Lane.of(files, lanes, 1000);

      assertThat(dealt.size(), is(lessThanOrEqualTo(lanes)));
      for (Lane lane : dealt) {
        assertThat(lane.parts().size(), is(greaterThan(0)));
        for (Lane.Part part : lane.parts()) {
          boolean goesOn = part.number() == file;
          assertThat(part.number(), is(goesOn ? file : file + 1));
          assertThat(part.from(), is(goesOn ? at : 0L));
          assertThat("the file before was whole", goesOn || at == Long.MAX_VALUE, is(true));
          assertThat(part.file(), is(files.get(part.number())));
          boolean isWhole = part.from() == 0 && part.to() == Long.MAX_VALUE;
          assertThat(part.file().isSplittable() || isWhole, is(true));
          file = part.number();
          at = part.to();
        }
      }
      assertThat(file, is(files.size() - 1));
      assertThat(at, is(Long.MAX_VALUE));
    }
  }
}
