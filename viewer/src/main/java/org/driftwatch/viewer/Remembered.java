package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.settings.Settings;
import org.driftwatch.viewer.window.Page;
import org.driftwatch.viewer.window.Theme;
import org.driftwatch.viewer.window.ViewState;

/** The view as it was left last time. A word that nobody knows any more is passed over. */
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
    return word(Page.class, PAGE);
  }

  Optional<Theme> theme() {
    return word(Theme.class, THEME);
  }

  Optional<Boolean> log() {
    return settings.get(LOG).map(Boolean::parseBoolean);
  }

  Optional<Accumulation> show() {
    return settings.get(SHOW).flatMap(Remembered::accumulation);
  }

  Optional<Dimension> size() {
    try {
      return settings.get(SIZE).map(text -> new ViewerMain.Size().convert(text));
    } catch (picocli.CommandLine.TypeConversionException e) {
      return Optional.empty();
    }
  }

  private static Optional<Accumulation> accumulation(String word) {
    try {
      return Optional.of(new ViewerMain.Show().convert(word));
    } catch (picocli.CommandLine.TypeConversionException e) {
      return Optional.empty();
    }
  }

  private <E extends Enum<E>> Optional<E> word(Class<E> type, String name) {
    for (E known : type.getEnumConstants()) {
      if (settings.get(name).filter(lower(known)::equals).isPresent()) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private static String lower(Enum<?> known) {
    return known.name().toLowerCase(Locale.ROOT);
  }

  /** Remembers a view; a stretch of the past is not, it belongs to its run. */
  void keep(ViewState state, Dimension size) throws IOException {
    settings.put(PAGE, lower(state.page()));
    settings.put(THEME, lower(state.theme()));
    settings.put(LOG, Boolean.toString(state.log()));
    settings.put(SIZE, size.width + "x" + size.height);
    words(state.accumulation()).ifPresent(words -> settings.put(SHOW, words));
    settings.save();
  }

  private static Optional<String> words(Accumulation accumulation) {
    if (accumulation instanceof Accumulation.Last last) {
      return Optional.of(Math.max(1, last.length().toMinutes()) + "m");
    }
    if (accumulation instanceof Accumulation.Picked) {
      return Optional.empty();
    }
    return Optional.of(accumulation.equals(Accumulation.newestWindow()) ? "newest" : "sum");
  }
}
