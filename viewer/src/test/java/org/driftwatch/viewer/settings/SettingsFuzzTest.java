package org.driftwatch.viewer.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** No file makes the reader of settings fail or hang; see {@link Fuzzer}. */
class SettingsFuzzTest {
  @Test
  void settingsAreReadOrRefused() {
    Path file = Path.of("viewer.properties");
    Fuzzer.run(
        "settings",
        Fuzzer.texts("#Driftwatch\npage=overview\ntheme=dark\nsize=1600x1000\nshow=10m\n"),
        List.of("=", "\n", "\\u00", "\\u0041", "\\", "size=", "show="),
        IOException.class,
        input -> {
          Settings read = Settings.read(file, Fuzzer.text(input));
          return List.of("page", "theme", "size", "show").stream().map(read::get).toList();
        });
  }
}
