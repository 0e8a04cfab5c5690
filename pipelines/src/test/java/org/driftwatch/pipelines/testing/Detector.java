package org.driftwatch.pipelines.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;

/**
 * A detector, both as the pipeline and as the reference take it, which reads the text of its
 * description for itself.
 */
public final class Detector {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String json;
  private final DetectorDescription description;

  private Detector(String json, DetectorDescription description) {
    this.json = json;
    this.description = description;
  }

  /** The detector of a description. */
  public static Detector of(String json) {
    try {
      Path file = Files.createTempFile("detector", ".json");
      try {
        return new Detector(
            json, DetectorDescription.load(Files.writeString(file, json).toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage() + "\n" + json, e);
    }
  }

  /** The detector of a description that comes with Driftwatch. */
  public static Detector shipped(String name) {
    try (InputStream in =
        DetectorDescription.class.getResourceAsStream("detectors/" + name + ".json")) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A detector whose description differs from this one. */
  public Detector with(Consumer<ObjectNode> change) {
    try {
      ObjectNode tree = (ObjectNode) MAPPER.readTree(json);
      change.accept(tree);
      return of(MAPPER.writeValueAsString(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of its description. */
  public String json() {
    return json;
  }

  /** Its description as the pipeline takes it. */
  public DetectorDescription description() {
    return description;
  }

  @Override
  public String toString() {
    return description.name();
  }
}
