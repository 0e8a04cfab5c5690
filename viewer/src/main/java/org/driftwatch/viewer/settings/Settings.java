package org.driftwatch.viewer.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.driftwatch.export.WholeFile;

/**
 * What the user chose last time: words under names, in a file {@code driftwatch/viewer.properties}
 * of the user's configuration folder. For one thread at a time.
 */
public final class Settings {
  private final Optional<Path> file;
  private final Properties words = new Properties();

  private Settings(Optional<Path> file) {
    this.file = file;
  }

  /** The file in the user's configuration folder, by the custom of the system. */
  public static Path userFile(Map<String, String> environment, String userHome) {
    String folder =
        environment.getOrDefault("XDG_CONFIG_HOME", environment.getOrDefault("APPDATA", ""));
    Path base = folder.isBlank() ? Path.of(userHome, ".config") : Path.of(folder);
    return base.resolve("driftwatch").resolve("viewer.properties");
  }

  /**
   * Reads the file; if there is none yet, nothing is remembered.
   *
   * @throws IOException with one line, if it exists and cannot be read
   */
  public static Settings load(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return new Settings(Optional.of(file));
    } catch (IOException e) {
      throw new IOException("settings " + file + " cannot be read: " + e.getMessage(), e);
    }
    return read(file, text);
  }

  /** Reads a file's text; errors name the file. */
  static Settings read(Path file, String text) throws IOException {
    Settings settings = new Settings(Optional.of(file));
    try {
      settings.words.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("settings " + file + " cannot be read: " + e.getMessage(), e);
    }
    return settings;
  }

  /** Settings that are forgotten at the end. */
  public static Settings none() {
    return new Settings(Optional.empty());
  }

  /** The word under a name. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(words.getProperty(name));
  }

  /** Remembers a word. */
  public void put(String name, String word) {
    words.setProperty(name, word);
  }

  /**
   * Writes the file, making its folder.
   *
   * @throws IOException with one line, if it cannot be written
   */
  public void save() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    Files.createDirectories(file.get().toAbsolutePath().getParent());
    StringWriter text = new StringWriter();
    words.store(text, "Driftwatch viewer: what was chosen last");
    WholeFile.write(file.get(), text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
