package org.driftwatch.viewer.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.HashSet;
import java.util.Set;
import javax.swing.KeyStroke;
import org.driftwatch.detector.DetectorDescription;
import org.junit.jupiter.api.Test;

class SheetsTest {
  @Test
  void everyChamberIsOnOneSheetAndSheetsAreAboutAlike() {
    for (int chambers = 1; chambers <= DetectorDescription.MAX_CHAMBERS; chambers++) {
      Sheets sheets = new Sheets(chambers);
      int next = 0;
      for (int sheet = 0; sheet < sheets.count(); sheet++) {
        assertThat(sheets.first(sheet), is(next));
        next = sheets.end(sheet);
        assertThat(next - sheets.first(sheet), lessThanOrEqualTo(Sheets.MOST));
        for (int chamber = sheets.first(sheet); chamber < next; chamber++) {
          assertThat(sheets.of(chamber), is(sheet));
        }
      }
      assertThat(next, is(chambers));
    }
    assertThat(new Sheets(4).count(), is(1));
    assertThat(new Sheets(5).size(), is(3));
    assertThat(new Sheets(16).size(), is(4));
  }

  @Test
  void everyChamberHasAKeyOfItsOwn() {
    Set<KeyStroke> strokes = new HashSet<>();
    for (int chamber = 0; chamber < DetectorDescription.MAX_CHAMBERS; chamber++) {
      strokes.add(KeyStroke.getKeyStroke(ChamberKeys.stroke(chamber)));
    }
    assertThat(strokes.contains(null), is(false));
    assertThat(strokes.size(), is(DetectorDescription.MAX_CHAMBERS));
    assertThat(ChamberKeys.key(0), is("F1"));
    assertThat(ChamberKeys.key(15), is("Shift+F4"));
    assertThat(ChamberKeys.keys(12, 15), is("Shift+F1 – F4"));
  }
}
