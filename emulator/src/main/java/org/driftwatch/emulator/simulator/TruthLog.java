package org.driftwatch.emulator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.simulator.Truth.Property;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.files.FileLayout;

/**
 * A simulator that writes down what it simulates, as lines of JSON: how the detector really is, and
 * then each muon, as soon as the rows of all its hits have been used. docs/emulator.md explains the
 * fields. Not safe for use by several threads.
 */
public final class TruthLog implements RecordSource {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final MuonTruth muons;
  private final Simulator simulator;
  private final Writer out;
  private long firstOfBatch;
  private int used;

  /**
   * A simulator and its log.
   *
   * @param seed of all random numbers
   * @param file is written anew, compressed if its name ends in {@code .gz}
   * @throws IOException if the file cannot be written, with one line that says so
   */
  public TruthLog(DetectorDescription detector, long seed, Truth truth, Path file)
      throws IOException {
    this.file = file;
    muons = new MuonTruth(detector);
    simulator = new Simulator(detector, seed, truth, muons);
    try {
      out = new BufferedWriter(new OutputStreamWriter(open(file), StandardCharsets.UTF_8));
      write(List.of(settings(detector, seed, truth)));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream plain = Files.newOutputStream(file);
    // What is flushed can be read, although more follows.
    return FileLayout.isGzip(file.toString()) ? new GZIPOutputStream(plain, BUFFER, true) : plain;
  }

  private ObjectNode settings(DetectorDescription detector, long seed, Truth truth) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", 1).put("detector", detector.name()).put("seed", seed);
    ArrayNode texts = json.putArray("truth");
    truth.texts().forEach(texts::add);
    ArrayNode chambers = json.putArray("chambers");
    CellResponse cells = new CellResponse(detector, truth);
    for (int i = 0; i < detector.chambers().size(); i++) {
      ObjectNode chamber = chambers.addObject().put("chamber", i);
      chamber.put("resolution_ns", truth.ofChambers(Property.RESOLUTION)[i]);
      double velocity = truth.ofChambers(Property.DRIFT_VELOCITY)[i];
      chamber.put("drift_velocity_um_per_ns", Double.isNaN(velocity) ? null : velocity);
      chamber.put("t0_ns", truth.ofChambers(Property.T0)[i]);
      chamber.put("displacement_mm", truth.ofChambers(Property.DISPLACEMENT)[i]);
      chamber.put("tilt_mrad", truth.ofChambers(Property.TILT)[i]);
      chamber.put("delta_rays", truth.ofChambers(Property.DELTA_RAYS)[i]);
      Arrays.stream(cells.efficiency(i)).forEach(chamber.putArray("efficiency")::add);
      Arrays.stream(simulator.noiseHz(i))
          .map(hz -> Math.rint(hz * 1e4) / 1e4)
          .forEach(chamber.putArray("noise_hz")::add);
    }
    return json;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    try {
      // What was read before has been used.
      write(muons.takeComplete());
    } catch (IOException e) {
      throw failed(e);
    }
    firstOfBatch = muons.rows();
    return simulator.read(batch);
  }

  @Override
  public void ended(int rows) {
    used = rows;
  }

  private void write(List<ObjectNode> lines) throws IOException {
    for (ObjectNode line : lines) {
      out.write(line.toString());
      out.write('\n');
    }
    out.flush();
  }

  private IOException failed(IOException e) {
    return new IOException("--truth-log " + file + " cannot be written: " + e, e);
  }

  /**
   * Ends the log with what was used of the last batch.
   *
   * @throws IOException if writing it fails
   */
  @Override
  public void close() throws IOException {
    try (out) {
      write(muons.takeUpTo(firstOfBatch + used));
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
