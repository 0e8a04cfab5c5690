package org.driftwatch.pipelines.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeDiagnosingMatcher;

/** Matches a message that says what the reference says, field by field but for the revision. */
public final class SameSummary extends TypeSafeDiagnosingMatcher<byte[]> {
  private static final int SHOWN = 20;

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
    mismatch.appendText(differences.size() + " differences:\n  ");
    mismatch.appendText(differences.stream().limit(SHOWN).collect(Collectors.joining("\n  ")));
    return differences.isEmpty();
  }

  @Override
  public void describeTo(Description description) {
    description
        .appendText("the reference's summary of ")
        .appendText(expected.path("window").toString());
  }
}
