package org.driftwatch.viewer.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void whatIsPutIsThereNextTime() throws IOException {
    Path file = folder.resolve("new").resolve("viewer.properties");
    Settings settings = Settings.load(file);
    assertThat(settings.get("theme"), is(Optional.empty()));
    settings.put("theme", "light");
    settings.save();
    assertThat(Settings.load(file).get("theme"), is(Optional.of("light")));
  }

  @Test
  void theFileLiesWhereTheSystemKeepsSettings() {
    assertThat(
        Settings.userFile(Map.of("XDG_CONFIG_HOME", "/a"), "/home/b"),
        is(Path.of("/a/driftwatch/viewer.properties")));
    assertThat(
        Settings.userFile(Map.of(), "/home/b"),
        is(Path.of("/home/b/.config/driftwatch/viewer.properties")));
  }
}
