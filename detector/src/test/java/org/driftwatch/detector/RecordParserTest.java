package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.CollectedRecords.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {
  private static final String JSON =
      "{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":128,\"ORBIT_CNT\":3387315431,"
          + "\"BX_COUNTER\":3563,\"TDC_MEAS\":30}";
  private static final String CSV = "2,1,128,3387315431,3563,30";
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final HitLayout LAYOUT = new HitLayout(COURSE);
  private static final long HIT = LAYOUT.word(2, 1, 128, 3387315431L, 3563, 30);

  @ParameterizedTest
  @ValueSource(
      strings = {
        JSON,
        CSV,
        CSV + "\n",
        CSV + "\r\n",
        "\n\n" + JSON + "\n\n",
        "\ufeff" + JSON,
        "\ufeff" + CSV,
        " 2 ,\t1, 128,3387315431 ,3563,30 ",
        "2.0,1.,128.00,+3387315431,003563,3e1",
        "{\"HEAD\":2.0,\"FPGA\":1.0,\"TDC_CHANNEL\":128.0,\"ORBIT_CNT\":3387315431.0,"
            + "\"BX_COUNTER\":3563.0,\"TDC_MEAS\":30.0}",
        "{\"HEAD\":\"2\",\"FPGA\":\"1\",\"TDC_CHANNEL\":\"128\",\"ORBIT_CNT\":\"3387315431\","
            + "\"BX_COUNTER\":\"3563\",\"TDC_MEAS\":\"30\"}",
        "{\"HEAD\":\" 2\",\"FPGA\":\"1 \",\"TDC_CHANNEL\":\"128.0\",\"ORBIT_CNT\":\"3387315431.0\","
            + "\"BX_COUNTER\":\"+3563\",\"TDC_MEAS\":\"30.\"}",
        "{\"HEAD\":2e0,\"FPGA\":1E0,\"TDC_CHANNEL\":1.28e2,\"ORBIT_CNT\":338731543.1e+1,"
            + "\"BX_COUNTER\":35630e-1,\"TDC_MEAS\":300e-1}",
        "{\"TDC_MEAS\":30,\"BX_COUNTER\":3563,\"ORBIT_CNT\":3387315431,\"TDC_CHANNEL\":128,"
            + "\"FPGA\":1,\"HEAD\":2}",
        """
        {
          "HEAD": 2,
          "FPGA": 1,
          "TDC_CHANNEL": 128,
          "ORBIT_CNT": 3387315431,
          "BX_COUNTER": 3563,
          "TDC_MEAS": 30
        }
        """,
        "{\"\\u0048EAD\":2,\"FPG\\u0041\":1,\"TDC_CHANNEL\":\"\\u0031\\u00328\","
            + "\"ORBIT_CNT\":3387315431,\"BX_COUNTER\":3563,\"TDC_MEAS\":30}",
        "{\"run\":{\"HEAD\":5,\"x\":[{},[],[1,\"]}\",null]]},\"HEAD\":2,\"FPGA\":1,"
            + "\"TDC_CHANNEL\":128,\"ORBIT_CNT\":3387315431,\"BX_COUNTER\":3563,"
            + "\"TDC_MEAS\":30,\"note\":\"caf\u00e9 \\\"\\\\\\u20ac\"}",
        "{\"HEAD\":5,\"FPGA\":1,\"TDC_CHANNEL\":128,\"ORBIT_CNT\":3387315431,"
            + "\"BX_COUNTER\":3563,\"TDC_MEAS\":30,\"HEAD\":2}",
      })
  void everyProducersSpellingOfAHitIsThatHit(String value) {
    CollectedRecords found = CollectedRecords.of(value.getBytes(UTF_8), false);

    assertThat(found.malformed, is(empty()));
    assertThat(found.hits, contains(HIT));
    assertThat(found.triggerWords, is(empty()));
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "malformed-values.txt",
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 200)
  void whateverIsNoRecordSaysWhatIsWrongAndWhatWasExpected(String value, String reason) {
    byte[] bytes = unescape(value);

    CollectedRecords found = CollectedRecords.of(bytes, false);

    assertThat(found.reasons(), contains(reason));
    assertThat(found.malformed.get(0).from(), is(0));
    assertThat(found.malformed.get(0).to(), is(bytes.length));
    assertThat(found.hits, is(empty()));
    assertThat(found.triggerWords, is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'  '|EMPTY",
        "'{\"HEAD\":2'|SYNTAX",
        "'{\"HEAD\":2x}'|SYNTAX",
        "'{\"HEAD\":2} 2,0,1,1,1,1'|SYNTAX",
        "'noise'|COLUMNS",
        "'2,0,1,1,1,1,1'|COLUMNS",
        "'2,0,512,1,1,1'|FIELD",
        "'2,0,1,x,1,1'|FIELD",
        "'{\"HEAD\":2,\"FPGA\":0}'|FIELD",
      })
  void aMalformedRecordTellsTheKindOfItsFault(String value, RecordFault fault) {
    assertThat(CollectedRecords.of(value.getBytes(UTF_8), false).faults(), contains(fault));
  }

  private static byte[] unescape(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      c = text.charAt(++i);
      switch (c) {
        case 'n' -> bytes.append('\n');
        case 't' -> bytes.append('\t');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.append(c);
      }
    }
    return bytes.toString().getBytes(ISO_8859_1);
  }

  @Test
  void anEmptyValueIsOneMalformedRecord() {
    for (boolean words : new boolean[] {false, true}) {
      for (byte[] empty : new byte[][] {null, {}}) {
        assertThat(
            CollectedRecords.of(empty, words).malformed,
            contains(
                new Malformed(
                    RecordFault.EMPTY,
                    0,
                    0,
                    0,
                    "empty value, expected JSON, CSV or a block of words")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\r\n\r\n", "\t \n", "\ufeff", "\ufeff\n"})
  void aBlankValueIsOneMalformedRecord(String blank) {
    CollectedRecords found = CollectedRecords.of(blank.getBytes(UTF_8), false);

    assertThat(found.reasons(), contains("blank value, expected JSON, CSV or a block of words"));
  }

  @Test
  void theLargestOrbitIsAHitInEveryFormat() {
    long largest = LAYOUT.word(2, 7, 511, 4294967295L, 4095, 31);
    DaqRecord record = new DaqRecord(2, 7, 511, 4294967295L, 4095, 31);

    assertThat(
        CollectedRecords.of(new RecordWriter(COURSE).json(record).take(), false).hits,
        contains(largest));
    assertThat(
        CollectedRecords.of(new RecordWriter(COURSE).csv(record).take(), false).hits,
        contains(largest));
    assertThat(
        CollectedRecords.of(new RecordWriter(COURSE).word(largest, 0).take(), true).hits,
        contains(largest));
    assertThat(LAYOUT.orbit(largest), is(4294967295L));
  }

  @Test
  void ofATriggerWordOnlyHeadMustBeWhole() {
    String value =
        """
        4,1,0,3387315431,0,-67.3
        {"HEAD":"5","FPGA":-1.5,"TDC_CHANNEL":99999,"ORBIT_CNT":-4e40,"BX_COUNTER":34952,"TDC_MEAS":"86.6"}
        1.0,0.1,0.1,0.1,0.1,168
        """;

    CollectedRecords found = CollectedRecords.of(value.getBytes(UTF_8), false);

    assertThat(found.malformed, is(empty()));
    assertThat(found.triggerWords, contains(4, 5, 1));
    assertThat(found.hits, is(empty()));
  }

  @Test
  void formatsMixWithinAValueAndABadLineCostsOnlyItself() {
    String value =
        "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n"
            + JSON
            + "\n"
            + CSV
            + "\nnoise\n"
            + " head, fpga, tdc_channel, orbit_cnt, bx_counter, tdc_meas \r\n"
            + "{\"HEAD\":2,\n"
            + CSV
            + "\n\n"
            + "3,0,0,0,0,0  \r\n"
            + "2,0,63,4294967296,1,1 \r\n"
            + JSON;

    CollectedRecords found = CollectedRecords.of(value.getBytes(UTF_8), false);

    assertThat(found.hits, contains(HIT, HIT, HIT, HIT));
    assertThat(found.triggerWords, contains(3));
    assertThat(found.malformed.stream().map(Malformed::index).toList(), contains(3, 5, 9));
    assertThat(
        found.malformed.stream().map(m -> value.substring(m.from(), m.to())).toList(),
        contains("noise", "{\"HEAD\":2,", "2,0,63,4294967296,1,1"));
  }

  @Test
  void aHeaderAloneIsNeitherRecordNorMalformed() {
    CollectedRecords found =
        CollectedRecords.of(String.join(",", StreamTopic.COLUMNS).getBytes(UTF_8), false);

    assertThat(found.hits, is(empty()));
    assertThat(found.triggerWords, is(empty()));
    assertThat(found.malformed, is(empty()));
  }

  @Test
  void aBlockOfWordsIsReadInOrderAndATriggerWordIsToldByItsHead() {
    byte[] block =
        new RecordWriter(COURSE)
            .word(HIT, 0)
            .word(LAYOUT.word(4, 1, 9, 17, 5, 3), 0)
            .word(HIT + 1, 0)
            .take();

    CollectedRecords found = CollectedRecords.of(block, true);

    assertThat(found.hits, contains(HIT, HIT + 1));
    assertThat(found.triggerWords, contains(4));
    assertThat(found.malformed, is(empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void aBlockCutInMidWordCostsThatWordOnly(int left) {
    byte[] block = new RecordWriter(COURSE).word(HIT, 0).word(HIT, 0).word(HIT, 0).take();

    CollectedRecords found = CollectedRecords.of(Arrays.copyOf(block, 16 + left), true);

    assertThat(found.hits, contains(HIT, HIT));
    assertThat(
        found.malformed,
        contains(
            new Malformed(
                RecordFault.MID_WORD,
                2,
                16,
                16 + left,
                "block ends in mid-word: " + left + " bytes left, expected 8")));
  }

  @Test
  void textInABlockOfWordsAndWordsInTextAreNotMistakenForEachOther() {
    byte[] words = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(HIT).array();

    assertThat(CollectedRecords.of(words, false).malformed, hasSize(1));
    assertThat(CollectedRecords.of(words, false).hits, is(empty()));
    assertThat(CollectedRecords.of(CSV.getBytes(UTF_8), true).malformed, hasSize(1));
  }

  @Test
  void nestingIsTakenToItsLimitAndRefusedBeyond() {
    String deepest = "[".repeat(64) + "]".repeat(64);
    String objects = "{\"a\":".repeat(64) + "1" + "}".repeat(64);

    assertThat(CollectedRecords.of(with(deepest), false).hits, contains(HIT));
    assertThat(CollectedRecords.of(with(objects), false).hits, contains(HIT));
    assertThat(
        CollectedRecords.of(with("[" + deepest + "]"), false).reasons(),
        contains("nested more than 64 deep"));
    assertThat(
        CollectedRecords.of(with("{\"a\":" + objects + "}"), false).reasons(),
        contains("nested more than 64 deep"));
    assertThat(
        CollectedRecords.of(with("[".repeat(5_000_000)), false).reasons(),
        contains("nested more than 64 deep"));
  }

  @Test
  void aNumberOfManyDigitsIsReadToItsLimitAndRefusedBeyond() {
    String longest = "30." + "0".repeat(997);

    assertThat(CollectedRecords.of(withTdc(longest), false).hits, contains(HIT));
    assertThat(CollectedRecords.of(withTdc("\"" + longest + "\""), false).hits, contains(HIT));
    assertThat(CollectedRecords.of(withTdc(longest + "0"), false).malformed, hasSize(1));
    assertThat(
        CollectedRecords.of(withTdc("\"" + longest + "0\""), false).reasons(),
        contains("TDC_MEAS is no number, expected a whole number 0 to 31"));
  }

  private static byte[] with(String extra) {
    return (JSON.substring(0, JSON.length() - 1) + ",\"extra\":" + extra + "}").getBytes(UTF_8);
  }

  private static byte[] withTdc(String tdc) {
    return JSON.replace("\"TDC_MEAS\":30", "\"TDC_MEAS\":" + tdc).getBytes(UTF_8);
  }

  @Test
  void valuesOfTenMegabytesAreReadWhole() {
    int size = 10 << 20;

    CollectedRecords field = CollectedRecords.of(with("\"" + "x".repeat(size) + "\""), false);
    assertThat(field.hits, contains(HIT));

    int lines = size / (CSV.length() + 1);
    CollectedRecords many =
        CollectedRecords.of(
            String.join("\n", Collections.nCopies(lines, CSV)).getBytes(UTF_8), false);
    assertThat(many.hits, hasSize(lines));
    assertThat(many.malformed, is(empty()));

    CollectedRecords digits = CollectedRecords.of("7".repeat(size).getBytes(UTF_8), false);
    assertThat(digits.reasons(), contains("1 field, expected 6: '" + "7".repeat(40) + "...'"));

    CollectedRecords commas = CollectedRecords.of(",".repeat(size).getBytes(UTF_8), false);
    assertThat(
        commas.reasons(), contains(size + 1 + " fields, expected 6: '" + ",".repeat(40) + "...'"));

    CollectedRecords zeros = CollectedRecords.of(new byte[size], false);
    assertThat(zeros.malformed, hasSize(1));

    CollectedRecords block = CollectedRecords.of(new byte[size + 3], true);
    assertThat(block.triggerWords, hasSize(size / 8));
    assertThat(block.malformed, hasSize(1));

    CollectedRecords newLines = CollectedRecords.of(" \n".repeat(size / 2).getBytes(UTF_8), false);
    assertThat(newLines.malformed, hasSize(1));

    int shortLines = 100_000;
    CollectedRecords broken =
        CollectedRecords.of("{\"a\":[\n".repeat(shortLines).getBytes(UTF_8), false);
    assertThat(broken.malformed, hasSize(shortLines));
    assertThat(broken.malformed.get(shortLines - 1).index(), is(shortLines - 1));
  }

  @Test
  void aParserIsReusableAfterAnythingItMet() {
    RecordParser parser = new RecordParser(COURSE);
    CollectedRecords found = new CollectedRecords();

    parser.parse(
        "{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":128".getBytes(UTF_8), ValueFormat.TEXT, found);
    parser.parse(
        "{\"ORBIT_CNT\":1,\"BX_COUNTER\":1,\"TDC_MEAS\":1}".getBytes(UTF_8),
        ValueFormat.TEXT,
        found);
    parser.parse(JSON.getBytes(UTF_8), ValueFormat.TEXT, found);

    assertThat(found.malformed, hasSize(2));
    assertThat(found.reasons().get(1), is("HEAD is missing, expected a whole number 0 to 7"));
    assertThat(found.hits, contains(HIT));
  }
}
