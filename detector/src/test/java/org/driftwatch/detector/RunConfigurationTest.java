package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigurationTest {
  private static final RunConfiguration COURSE = RunConfiguration.course();

  @TempDir Path folder;

  @Test
  void theCoursesMappingOffsetsAndGeometryAreTheDefault() {
    assertThat(COURSE.name(), is("course"));
    assertThat(COURSE.scintillator(), is(new RunConfiguration.Channel(1, 128)));
    assertThat(
        COURSE.chambers().stream().map(c -> c.fpga() + "/" + c.firstChannel()).toList(),
        contains("0/0", "0/64", "1/0", "1/64"));
    assertThat(
        COURSE.chambers().stream().map(RunConfiguration.Chamber::driftOffsetNs).toList(),
        contains(
            new BigDecimal("93.9"),
            new BigDecimal("101.4"),
            new BigDecimal("95.5"),
            new BigDecimal("92.4")));
    assertThat(
        COURSE.chambers().stream().map(RunConfiguration.Chamber::driftOffsetPs).toList(),
        contains(93_900L, 101_400L, 95_500L, 92_400L));
    assertThat(
        COURSE.chambers().stream().map(RunConfiguration.Chamber::zMm).toList(),
        contains(219.8, 977.3, 1035.6, 1819.8));
    assertThat(
        COURSE.chambers().stream().map(RunConfiguration.Chamber::turned).toList(),
        contains(false, true, false, false));
    assertThat(COURSE.cellWidthMm(), is(42.0));
    assertThat(COURSE.cellHeightMm(), is(13.0));
    assertThat(COURSE.driftVelocityUmPerNs(), is(53.8));
    assertThat(COURSE.maxDriftNs(), is(390.0));
    assertThat(
        COURSE.chambers().stream().map(RunConfiguration.Chamber::deadCells).toList(),
        contains(List.of(11, 13, 29, 33, 38, 51, 54), List.of(23), List.of(15), List.of(59)));
    assertThat(COURSE.chambers().get(1).weakCells(), is(List.of(42)));
    assertThat(COURSE.chambers().get(2).weakCells(), is(List.of(31, 34)));
    assertThat(COURSE.chambers().get(1).hotCells(), is(List.of(2, 6, 16, 22, 46, 50, 58)));
  }

  @Test
  void aConfigurationWrittenToAFileIsReadBack() throws IOException {
    Path file = write(COURSE.toJson());

    assertThat(RunConfiguration.load(file), is(COURSE));
    assertThat(RunConfiguration.parse(COURSE.toJson()), is(COURSE));
  }

  @Test
  void commentsAreTaken() throws IOException {
    Path file = write("// Chambers 0 and 1 are swapped.\n" + COURSE.toJson() + "\n/* end */\n");

    assertThat(RunConfiguration.load(file), is(COURSE));
  }

  @Test
  void aConfigurationTravelsToExecutors() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(COURSE);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject(), is(COURSE));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what in the course's file | is replaced by what | line | what the message says
        "\"zMm\" : 219.8, | \"zMm\" : 219.8, \"zmm\" : 1, | 12 | Unrecognized field \"zmm\"",
        "\"zMm\" | \"zmm\" | 12 | Missing required creator property 'zMm'",
        "\"name\" : \"course\", | '' | 48 | Missing required creator property 'name'",
        "\"fpga\" : 0, | '' | 12 | Missing required creator property 'fpga'",
        "\"fpga\" : 0, | \"fpga\" : null, | 4 | Cannot map `null` into type `int`",
        "\"fpga\" : 0, | \"fpga\" : \"none\", | 4 | Cannot deserialize value of type `int`",
        "\"fpga\" : 0, | \"fpga\" : 0.5, | 4 | (0.5)",
        "\"fpga\" : 0, | \"fpga\" : 8, | 48 | chamber 0: fpga 8 channel 0, expected fpga 0 to 7",
        "\"firstChannel\" : 0, | \"firstChannel\" : 449, | 48 | chamber 0: fpga 0 channel 512,",
        "\"firstChannel\" : 0, | \"firstChannel\" : 1, | 48 | channel 64 is already taken",
        "\"channel\" : 128 | \"channel\" : 64 | 48 | chamber 3: fpga 1 channel 64 is already taken",
        "\"channel\" : 128 | \"channel\" : 512 | 48 | scintillator: fpga 1 channel 512,",
        "93.9 | 93.9001 | 48 | driftOffsetNs 93.9001, expected ns to at most three decimals",
        "93.9 | 1000000.1 | 48 | within +-1000000",
        "93.9 | null | 48 | driftOffsetNs null",
        "[ 11, | [ 64, | 12 | deadCells names cell 64, expected 0 to 63",
        "[ 11, | [ -1, | 12 | deadCells names cell -1, expected 0 to 63",
        "[ 11, | [ null, | 12 | deadCells names cell null, expected 0 to 63",
        "\"hotCells\" : [ ] | \"hotCells\" : null | 12 | hotCells is missing; expected a list",
        "42.0 | 0 | 48 | must be above 0",
        "42.0 | -1 | 48 | must be above 0",
        "42.0 | \"NaN\" | 48 | must be above 0",
        "\"cellWidthMm\" : 42.0, | \"cellWidthMm\" : 42.0,, | 44 | Unexpected character (',' (code 44))",
        "\"zMm\" : 219.8 | \"fpga\" : 0 | 7 | Duplicate field 'fpga'",
        "\"name\" : \"course\", | \"name\" : \"course\", \"name\" : \"x\", | 2 | Duplicate field 'name'",
      })
  void aMistakeInAFileIsToldWithFileLineAndField(
      String found, String replaced, int line, String message) throws IOException {
    String text = COURSE.toJson();
    int at = text.indexOf(found);
    assertThat("'" + found + "' is in the course's file", at, is(not(-1)));
    Path file = write(text.substring(0, at) + replaced + text.substring(at + found.length()));

    IOException refused = assertThrows(IOException.class, () -> RunConfiguration.load(file));

    assertThat(
        refused.getMessage(), startsWith("run configuration " + file + " line " + line + ": "));
    assertThat(refused.getMessage(), containsString(message));
    assertThat(refused.getMessage(), not(containsString("\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "[]",
        "{}",
        "{",
        "\u0000\u0001",
        "{\"a\\nb\": 1, \"a\\nb\": 2}",
        "{\"chambers\": null}",
        "{\"chambers\": [null, null, null, null]}"
      })
  void aFileThatIsNoConfigurationIsToldInOneLine(String text) throws IOException {
    Path file = write(text);

    IOException refused = assertThrows(IOException.class, () -> RunConfiguration.load(file));

    assertThat(refused.getMessage(), startsWith("run configuration " + file));
    assertThat(refused.getMessage(), not(containsString("\n")));
  }

  @Test
  void threeChambersAreRefused() throws IOException {
    String text = COURSE.toJson();
    int second = text.indexOf("}, {");
    String three = text.substring(0, text.indexOf("[ {") + 2) + text.substring(second + 3);

    IOException refused =
        assertThrows(IOException.class, () -> RunConfiguration.load(write(three)));

    assertThat(refused.getMessage(), containsString("chambers: expected 4, found 3"));
  }

  @Test
  void textBehindTheConfigurationIsRefused() throws IOException {
    Path file = write(COURSE.toJson() + "\n{}");

    IOException refused = assertThrows(IOException.class, () -> RunConfiguration.load(file));

    assertThat(refused.getMessage(), startsWith("run configuration " + file));
  }

  @Test
  void aFileThatIsNotThereIsToldByName() {
    Path file = folder.resolve("nowhere.json");

    IOException refused = assertThrows(IOException.class, () -> RunConfiguration.load(file));

    assertThat(refused.getMessage(), is("run configuration " + file + " does not exist"));
  }

  @Test
  void aFolderInPlaceOfAFileIsToldByName() {
    IOException refused = assertThrows(IOException.class, () -> RunConfiguration.load(folder));

    assertThat(refused.getMessage(), startsWith("run configuration " + folder + ": "));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("run.json"), text);
  }

  @Test
  void aRefusalIsOneLineAndDoesNotQuoteTheFile() throws IOException {
    Path file = write(COURSE.toJson().replaceFirst("\\} *, *\\{", "}, {\n]"));

    IOException refused = assertThrows(IOException.class, () -> RunConfiguration.load(file));

    assertThat(refused.getMessage().lines().count(), is(1L));
  }

  @Test
  void nullIsNoConfiguration() {
    assertThrows(IOException.class, () -> RunConfiguration.parse("null"));
  }
}
