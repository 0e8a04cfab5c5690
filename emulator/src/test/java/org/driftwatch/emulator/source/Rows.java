package org.driftwatch.emulator.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.emulator.Course;

/** Reads sources to their end. */
final class Rows {
  private Rows() {}

  static List<DaqRecord> all(RecordSource source, int batchRows) throws IOException {
    List<DaqRecord> rows = new ArrayList<>();
    RowBatch batch = Course.batch(batchRows);
    while (source.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        rows.add(batch.row(i));
      }
      batch.clear();
    }
    source.close();
    return rows;
  }
}
