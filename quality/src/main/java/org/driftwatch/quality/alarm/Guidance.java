package org.driftwatch.quality.alarm;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.driftwatch.detector.OneLine;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;

/**
 * What to do about an alarm, and whom to call, from a commented properties file that a laboratory
 * can change. A file need name only what it changes: the rest is {@link #standard()}. Immutable.
 */
public final class Guidance {
  private static final String CONTACT = "contact";
  private static final String ITS_CONTACT = ".contact";
  private static final int LONGEST = 2_000;
  private static final Guidance STANDARD = readStandard();

  private final Map<String, String> texts;

  private Guidance(Map<String, String> texts) {
    this.texts = texts;
  }

  /** What comes with the program. */
  public static Guidance standard() {
    return STANDARD;
  }

  private static Guidance readStandard() {
    Map<String, String> texts = new HashMap<>();
    try {
      read(standardText(), texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Guidance(texts);
  }

  /** The commented text of {@link #standard()}, to be copied and changed. */
  public static String standardText() {
    try (InputStream in = Guidance.class.getResourceAsStream("guidance.properties")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file; what it does not name stays as in {@link #standard()}.
   *
   * @throws IOException with one line that says what, where and what was expected
   */
  public static Guidance load(Path file) throws IOException {
    try {
      return read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new IOException("guidance " + file + " does not exist", e);
    } catch (MalformedInputException e) {
      throw new IOException("guidance " + file + " is no text in UTF-8", e);
    } catch (IOException e) {
      throw new IOException("guidance " + file + ": " + OneLine.of(e.getMessage()), e);
    }
  }

  /** Reads a file's text. */
  static Guidance read(String text) throws IOException {
    Map<String, String> texts = new HashMap<>(standard().texts);
    read(text, texts);
    return new Guidance(texts);
  }

  private static void read(String text, Map<String, String> texts) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException("it has a \\u without four hexadecimal digits", e);
    }
    for (String name : properties.stringPropertyNames()) {
      if (!isName(name)) {
        throw new IOException(
            "unknown name '"
                + OneLine.of(name)
                + "', expected a check such as rate, chamber-0/rate, contact or rate.contact;"
                + " --print-guidance lists the checks");
      }
      String value = OneLine.of(properties.getProperty(name).strip());
      if (value.length() > LONGEST) {
        throw new IOException(
            name + " has " + value.length() + " characters, expected " + LONGEST + " at most");
      }
      texts.put(name, value);
    }
  }

  private static boolean isName(String name) {
    String check =
        name.endsWith(ITS_CONTACT) ? name.substring(0, name.length() - ITS_CONTACT.length()) : name;
    int slash = check.indexOf('/');
    try {
      if (slash >= 0) {
        Subject.of(check.substring(0, slash));
      }
      Check.of(check.substring(slash + 1));
      return true;
    } catch (IOException e) {
      // Not the name of a check.
      return name.equals(CONTACT);
    }
  }

  /** What to do about an alarm, and whom to call, in one line; empty where nothing is said. */
  public String action(Subject subject, Check check) {
    String particular = subject.key() + "/" + check.key();
    String what = first(particular, check.key());
    String who = first(particular + ITS_CONTACT, check.key() + ITS_CONTACT, CONTACT);
    return who.isEmpty() ? what : (what + " Call " + who + ".").strip();
  }

  private String first(String... names) {
    return Stream.of(names).filter(texts::containsKey).findFirst().map(texts::get).orElse("");
  }
}
