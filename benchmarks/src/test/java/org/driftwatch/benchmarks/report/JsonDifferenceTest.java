package org.driftwatch.benchmarks.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong number is named by its field. */
class JsonDifferenceTest {
  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'a':1,'b':[1,{'c':2}]} | {'b':[1,{'c':2}],'a':1,'more':5} | equal",
        "{'a':1,'b':[1,{'c':2}]} | {'a':1,'b':[1,{'c':3}]} | b[1].c is 3, expected 2",
        "{'a':1} | {} | a is missing, expected 1",
        "{'a':[1,2]} | {'a':[1]} | a is [1], expected [1,2]",
        "{'a':null} | {'a':0} | a is 0, expected null",
        "{'a':{'b':1}} | {'a':[1]} | a is [1], expected {'b':1}",
      })
  void theFirstFieldThatDiffersIsNamed(String expected, String found, String difference)
      throws Exception {
    String text =
        JsonDifference.first(
                json.readTree(expected.replace('\'', '"')), json.readTree(found.replace('\'', '"')))
            .orElse("equal");
    assertThat(text.replace('"', '\''), is(difference));
  }
}
