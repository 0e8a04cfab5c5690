package org.driftwatch.kafka;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads a file of Kafka client properties. What is wrong with one is told by its line's number
 * only: any text in it may be a secret.
 */
final class ClientProperties {
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][\\w.-]*");
  private static final String EXPECTED = "expected ordinary Kafka client properties, name=value";

  private ClientProperties() {}

  /**
   * What the file says.
   *
   * @throws IOException with one line, where it cannot be read or is no file of properties
   */
  static Map<String, String> read(Path file) throws IOException {
    return parse(file, text(file));
  }

  /** What a file's text says. */
  static Map<String, String> parse(Path file, String text) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw unlike(file, "has a \\u without four hexadecimal digits", e);
    }
    Map<String, String> read = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (!NAME.matcher(name).matches()) {
        throw unlike(file, "has no property in line " + line(text, name), null);
      }
      read.put(name, properties.getProperty(name).strip());
    }
    return read;
  }

  private static String text(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw unlike(file, "is a folder", null);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw unlike(file, "has more than " + MAX_BYTES + " bytes", null);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (text.indexOf('\0') >= 0) {
        throw unlike(file, "is no text", null);
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new IOException(name(file) + " does not exist; " + EXPECTED, e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          name(file) + " may not be read by user " + System.getProperty("user.name"), e);
    } catch (CharacterCodingException e) {
      throw unlike(file, "is no text in UTF-8", e);
    }
  }

  /** The file's name in a message. */
  static String name(Object file) {
    return "Kafka client properties " + file;
  }

  private static IOException unlike(Path file, String what, Exception cause) {
    return new IOException(name(file) + ": the file " + what + ", " + EXPECTED, cause);
  }

  /** Number of the line that begins with this name, as far as its letters stand there. */
  private static int line(String text, String name) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && (name.isEmpty() || line.charAt(0) == name.charAt(0))) {
        if (line.replaceAll("\\\\(?!u)", "").startsWith(name)) {
          return i + 1;
        }
      }
    }
    return 1;
  }
}
