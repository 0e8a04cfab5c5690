package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.settings.Settings;
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

  private <T> Optional<T> known(String name, Function<String, T> meaning) {
    try {
      return settings.get(name).map(meaning);
    } catch (TypeConversionException e) {
      return Optional.empty();
    }
  }

  /** Remembers a view, but for a picked stretch. */
  void keep(ViewState state, Dimension size) throws IOException {
    settings.put(PAGE, ViewWords.of(state.page()));
    settings.put(THEME, ViewWords.of(state.theme()));
    settings.put(LOG, Boolean.toString(state.log()));
    settings.put(SIZE, ViewWords.of(size));
    ViewWords.of(state.accumulation()).ifPresent(words -> settings.put(SHOW, words));
    settings.save();
  }
}
