package org.driftwatch.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.benchmarks.report.Measurements.Measured;

/**
 * The measurements as JSON, every value of every run, so that a later run can be compared with it:
 * {@code {"version": 1, "about": [...], "measurements": [{"section", "subject", "quantity",
 * "values": [...]}]}}.
 */
public final class RawResults {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RawResults() {}

  /**
   * Writes all that was measured.
   *
   * @param about what it was measured on, and how: lines
   */
  public static void write(Path file, List<String> about, Measurements measurements)
      throws IOException {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    ArrayNode lines = root.putArray("about");
    about.forEach(lines::add);
    ArrayNode list = root.putArray("measurements");
    for (Measured one : measurements.all()) {
      ObjectNode node = list.addObject();
      node.put("section", one.key().section());
      node.put("subject", one.key().subject());
      node.put("quantity", one.key().quantity());
      ArrayNode values = node.putArray("values");
      one.values().forEach(values::add);
    }
    Files.writeString(
        file,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException in one line, where it cannot be read or is something else
   */
  public static Measurements read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read; expected the raw results of an earlier run");
    }
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
    if (root == null || root.path("version").asInt() != VERSION || !root.has("measurements")) {
      throw new IOException(
          file + " holds no raw results of version " + VERSION + ", as make bench writes them");
    }
    Measurements measurements = new Measurements();
    for (JsonNode node : root.get("measurements")) {
      for (JsonNode value : node.path("values")) {
        measurements.add(
            node.path("section").asText(),
            node.path("subject").asText(),
            node.path("quantity").asText(),
            value.asDouble(Double.NaN));
      }
    }
    return measurements;
  }

  /**
   * What has changed since an earlier run, as a table in Markdown. A change counts where all values
   * of one run lie beyond all of the other, and both have two or more.
   */
  public static List<String> comparison(Measurements before, Measurements now) {
    Table table = new Table("what", "measure", "before", "now", "now / before", "");
    for (Measured one : now.all()) {
      Measurements.Key key = one.key();
      Optional<Measured> old = before.find(key.section(), key.subject(), key.quantity());
      if (old.isPresent()) {
        table.row(
            key.subject(),
            key.quantity(),
            Table.number(old.get().median()),
            Table.number(one.median()),
            String.format(Locale.ROOT, "%.2f", one.median() / old.get().median()),
            certainty(old.get(), one));
      }
    }
    List<String> lines = new ArrayList<>(List.of("", "### Compared with the earlier run", ""));
    lines.addAll(table.lines());
    return lines;
  }

  private static String certainty(Measured old, Measured now) {
    if (old.values().size() < 2 || now.values().size() < 2) {
      return "one run only";
    }
    boolean isApart = now.least() > old.most() || now.most() < old.least();
    return isApart ? "changed" : "within the spread";
  }
}
