package org.driftwatch.pipelines.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeDiagnosingMatcher;

/** Matches a message that says what the reference says, field by field but for the revision. */
public final class SameSummary extends TypeSafeDiagnosingMatcher<byte[]> {
  private final JsonNode expected;

  private SameSummary(JsonNode expected) {
    this.expected = expected;
  }

  /** A matcher of messages with these contents. */
  public static Matcher<byte[]> as(JsonNode expected) {
    return new SameSummary(expected);
  }

  @Override
  protected boolean matchesSafely(byte[] message, Description mismatch) {
    List<String> differences = ReferenceMonitor.differences(expected, message);
    mismatch.appendText(String.join("\n", differences));
    mismatch.appendText("\nin " + new String(message, UTF_8));
    return differences.isEmpty();
  }

  @Override
  public void describeTo(Description description) {
    description.appendText("the summary " + expected);
  }
}
