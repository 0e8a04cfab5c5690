package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.settings.Settings;
import org.driftwatch.viewer.view.AlarmSettings;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;
import picocli.CommandLine.TypeConversionException;

/** The view as it was left last time. Unknown words, as of another version, are skipped. */
final class Remembered {
  private static final String PAGE = "page";
  private static final String THEME = "theme";
  private static final String LOG = "log";
  private static final String SHOW = "show";
  private static final String SIZE = "size";
  private static final String NAME = "name";
  private static final String SOUND = "sound";
  private static final String NOTICE = "notice";

  private final Settings settings;

  Remembered(Settings settings) {
    this.settings = settings;
  }

  Optional<Page> page() {
    return known(PAGE, word -> ViewWords.constant(Page.class, word));
  }

  Optional<Theme> theme() {
    return known(THEME, word -> ViewWords.constant(Theme.class, word));
  }

  Optional<Boolean> log() {
    return known(LOG, Boolean::parseBoolean);
  }

  Optional<Accumulation> show() {
    return known(SHOW, ViewWords::accumulation);
  }

  Optional<Dimension> size() {
    return known(SIZE, ViewWords::size);
  }

  AlarmSettings alarms() {
    return new AlarmSettings(
        settings.get(NAME).orElse(""),
        settings.get(SOUND).map(Boolean::parseBoolean).orElse(false),
        settings.get(NOTICE).map(Boolean::parseBoolean).orElse(false));
  }

  private <T> Optional<T> known(String name, Function<String, T> meaning) {
    try {
      return settings.get(name).map(meaning);
    } catch (TypeConversionException e) {
      return Optional.empty();
    }
  }

  /** Remembers a view, but for a picked stretch, and how it calls. */
  void keep(ViewState state, AlarmSettings alarms, Dimension size) throws IOException {
    settings.put(NAME, alarms.name());
    settings.put(SOUND, Boolean.toString(alarms.sound()));
    settings.put(NOTICE, Boolean.toString(alarms.notice()));
    settings.put(PAGE, ViewWords.of(state.page()));
    settings.put(THEME, ViewWords.of(state.theme()));
    settings.put(LOG, Boolean.toString(state.log()));
    settings.put(SIZE, ViewWords.of(size));
    ViewWords.of(state.accumulation()).ifPresent(words -> settings.put(SHOW, words));
    settings.save();
  }
}
