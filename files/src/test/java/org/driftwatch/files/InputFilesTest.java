package org.driftwatch.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.files.remote.RemoteAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, folders and globs stand for files. */
class InputFilesTest {
  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), name);
  }

  /** The last parts of the names of the files that are found. */
  private List<String> names(String... places) throws IOException {
    return InputFiles.find(List.of(places), RemoteAccess.DEFAULT, lines::add).stream()
        .map(file -> Path.of(file.name()).getFileName().toString())
        .toList();
  }

  private String failureOf(String place) {
    return assertThrows(IOException.class, () -> names(place)).getMessage();
  }

  @Test
  void aFolderStandsForItsFilesInNameOrderWithoutHiddenOnesAndSubFolders() throws IOException {
    file("data_10.txt");
    file("data_9.txt");
    file("data_1.txt");
    file(".hidden.txt");
    Files.createDirectory(folder.resolve("more.txt"));
    assertThat(names(folder.toString()), contains("data_1.txt", "data_10.txt", "data_9.txt"));
    assertThat(lines, empty());
  }

  @Test
  void foreignFilesOfAFolderAreToldInOneLineAndPassedOver() throws IOException {
    for (String name : List.of("a.CSV", "b.txt", "c.dat", "d.bin.gz", "e.JSONL", "README.md")) {
      file(name);
    }
    assertThat(
        names(folder.toString()), contains("a.CSV", "b.txt", "c.dat", "d.bin.gz", "e.JSONL"));
    assertThat(lines, contains(containsString(": README.md")));
    assertThat(
        failureOf(Files.createDirectory(folder.resolve("empty")).toString()),
        containsString("without files"));
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.createFile(foreign.resolve("SHA256SUMS"));
    assertThat(
        failureOf(foreign.toString()),
        containsString(
            "holds no .csv, .txt, .dat, .bin or .jsonl file (also with .gz), only SHA256SUMS"));
  }

  @Test
  void aGlobTakesTheFilesThatMatchInNameOrder() throws IOException {
    file("b.csv");
    file("a.csv");
    file("a.log");
    assertThat(names(folder + "/*.csv"), contains("a.csv", "b.csv"));
    assertThat(names(folder + "/{b.csv,a.log}"), contains("a.log", "b.csv"));
  }

  @Test
  void severalPlacesAreReadInTheOrderGiven() throws IOException {
    Path b = file("b.csv");
    Path a = file("a.csv");
    assertThat(names(b.toString(), a.toString()), contains("b.csv", "a.csv"));
  }

  @Test
  void aNameWithThePatternsCharactersBlanksAndCommasIsFirstTakenLiterally() throws IOException {
    for (String name : List.of("run[1].csv", "run 2, the last.csv")) {
      assertThat(names(file(name).toString()), contains(name));
    }
  }

  @Test
  void namesThatStandForNoFileAreFailuresThatSaySo() throws IOException {
    assertThat(failureOf(folder + "/none.csv"), containsString("does not exist"));
    assertThat(failureOf(folder.toString()), containsString("is a folder without files"));
    assertThat(failureOf(folder + "/*.csv"), containsString("matches no file"));
    assertThat(failureOf(folder + "/none/*.csv"), containsString("does not exist"));
    assertThat(failureOf(folder + "/*/a.csv"), containsString("only in the last part of the name"));
    assertThat(failureOf(folder + "/{a.csv"), containsString("source pattern {a.csv: "));
  }

  @Test
  void theEndingOfANameSaysHowTheContentIsLaidOut() {
    assertThat(FileLayout.of("a.csv"), is(FileLayout.TEXT));
    assertThat(FileLayout.of("run7/a.TXT.GZ"), is(FileLayout.TEXT));
    assertThat(FileLayout.of("dat"), is(FileLayout.TEXT));
    assertThat(FileLayout.of("a.dat/b"), is(FileLayout.TEXT));
    assertThat(FileLayout.of("a.jsonl"), is(FileLayout.JSON_LINES));
    assertThat(FileLayout.of("a.Dat"), is(FileLayout.WORDS));
    assertThat(FileLayout.of("a.bin.gz"), is(FileLayout.BLOCKS));
    assertThat(FileLayout.isNamed("a.txt.gz"), is(true));
    assertThat(FileLayout.isNamed("a.gz"), is(false));
    assertThat(FileLayout.isNamed("dat"), is(false));
  }
}
