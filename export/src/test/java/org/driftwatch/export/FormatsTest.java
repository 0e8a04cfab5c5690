package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each format bin for bin, by readers that are not ours where this machine has them. */
class FormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant WRITTEN = Instant.parse("2026-12-01T13:30:00Z");

  @TempDir Path folder;

  private final WindowSummary window =
      Samples.window(Seed.random("formats"), 3, 1, List.of(591L, 592L));
  private final Contents contents = Samples.contents(window);

  private Path written(String name) throws IOException {
    Path file = folder.resolve(name);
    ExportFormat.of(file).write(contents, file, WRITTEN);
    return file;
  }

  @Test
  void everyHistogramOfTheMessageIsThereByItsName() {
    Set<String> names = new TreeSet<>();
    contents.plots().forEach(plot -> names.add(plot.name()));

    assertThat(names.size(), is(contents.plots().size()));
    assertThat(names.contains("histo_drift_ch3"), is(true));
    assertThat(names.contains("tracks_ch0_histo_residual"), is(true));
    // Four of the chamber, six of its segments, three by cell, and the cells where they lie.
    assertThat(names.size(), is(Samples.COURSE.chambers().size() * 14));
  }

  @Test
  void everyNumberOfTheMessageIsThereByItsName() {
    assertThat(contents.numbers().get("hitsPerChamber_3"), is(window.chamber(3).hits()));
    assertThat(
        contents.numbers().get("tracks_ch1_segments4"),
        is(window.chamber(1).tracks().orElseThrow().segments4()));
    for (TrackSum sum : TrackSum.values()) {
      assertThat(
          contents.numbers().get("tracks_ch2_sums_" + sum.field()),
          is(window.chamber(2).tracks().orElseThrow().sum(sum)));
    }
  }

  @Test
  void theCellMapHoldsEachCellsHitsAtItsWireAndLayer() {
    Plot map = plot("cells_ch2");
    long sum = 0;
    for (int cell = 0; cell < Samples.COURSE.chambers().get(2).size(); cell++) {
      long hits = window.chamber(2).occupancy().count(cell);
      int wire = Samples.COURSE.chambers().get(2).wire(cell);
      int layer = Samples.COURSE.chambers().get(2).layer(cell);
      assertThat(map.count(wire, layer), is(hits));
      sum += hits;
    }
    assertThat(map.entries(), is(sum));
  }

  private Plot plot(String name) {
    return contents.plots().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void csvHoldsEveryBinWithWindowRunAndSoftwareInItsHead() throws IOException {
    List<String> lines = Files.readAllLines(written("a.csv"));

    assertThat(lines.contains("# from: 2026-12-01T12:00:15.000Z"), is(true));
    assertThat(lines.contains("# runs: 591 592"), is(true));
    assertThat(lines.contains("# software: driftwatch test"), is(true));
    assertThat(lines.contains("hits,,,,," + window.hits()), is(true));
    Map<String, List<Long>> counts = new HashMap<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (!line.startsWith("#") && cells.length == 6 && !cells[1].concat(cells[2]).isEmpty()) {
        counts.computeIfAbsent(cells[0], n -> new ArrayList<>());
        if (!cells[5].equals("count")) {
          counts.get(cells[0]).add(Long.parseLong(cells[5]));
        }
      }
    }
    for (Plot plot : contents.plots()) {
      assertThat(plot.name(), counts.get(plot.name()), is(all(plot)));
    }
    assertThat(
        lines.contains("histo_drift_ch0,-150,-140,,," + plot("histo_drift_ch0").count(1)),
        is(true));
  }

  private static List<Long> all(Plot plot) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < plot.cells(); i++) {
      all.add(plot.count(i));
    }
    return all;
  }

  @Test
  void uhiHoldsEveryBinAsItsSchemaSays() throws IOException {
    JsonNode root = JSON.readTree(Files.readAllBytes(written("a.json")));

    assertThat(root.size(), is(contents.plots().size()));
    for (Plot plot : contents.plots()) {
      JsonNode node = root.get(plot.name());
      assertThat(node.get("uhi_schema").asInt(), is(1));
      assertThat(node.get("storage").get("type").asText(), is("int"));
      assertThat(
          fields(node), is(Set.of("uhi_schema", "writer_info", "metadata", "axes", "storage")));
      assertThat(node.get("metadata").get("runs").asText(), is("591 592"));
      for (int i = 0; i < plot.axes().size(); i++) {
        JsonNode axis = node.get("axes").get(i);
        assertThat(
            fields(axis),
            is(
                Set.of(
                    "type",
                    "lower",
                    "upper",
                    "bins",
                    "underflow",
                    "overflow",
                    "circular",
                    "metadata")));
        assertThat(axis.get("type").asText(), is("regular"));
        assertThat(axis.get("lower").asInt(), is(plot.axes().get(i).edge(0)));
        assertThat(axis.get("bins").asInt(), is(plot.axes().get(i).bins()));
        assertThat(
            axis.get("upper").asInt(), is(plot.axes().get(i).edge(plot.axes().get(i).bins())));
      }
      JsonNode values = node.get("storage").get("values");
      if (plot.axes().size() == 1) {
        assertThat(numbers(values), is(all(plot)));
      } else {
        for (int x = 0; x < values.size(); x++) {
          for (int y = 0; y < values.get(x).size(); y++) {
            assertThat(values.get(x).get(y).asLong(), is(plot.count(x, y)));
          }
        }
      }
    }
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<Long> numbers(JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    array.forEach(value -> numbers.add(value.asLong()));
    return numbers;
  }

  @Test
  void anAxisOfUnequalBinsIsWrittenByItsEdges() throws IOException {
    Plot uneven = new Plot("uneven", "Uneven", List.of(new Axis("x", "", 0, 1, 4)), 9, 1, 2, 3);
    Contents one = new Contents(contents.about(), Map.of(), List.of(uneven));
    Path file = folder.resolve("a.json");
    ExportFormat.JSON.write(one, file, WRITTEN);

    JsonNode axis = JSON.readTree(file.toFile()).get("uneven").get("axes").get(0);

    assertThat(axis.get("type").asText(), is("variable"));
    assertThat(numbers(axis.get("edges")), is(List.of(0L, 1L, 4L)));
  }

  @Test
  void aRootFileIsAChainOfRecordsThatEndsWhereItsHeadSays() throws IOException {
    byte[] bytes = Files.readAllBytes(written("a.root"));
    ByteBuffer file = ByteBuffer.wrap(bytes);
    assertThat(new String(bytes, 0, 4, UTF_8), is("root"));
    assertThat(file.getInt(12), is(bytes.length));
    Map<String, List<Long>> found = new HashMap<>();
    int at = file.getInt(8);
    while (at < bytes.length) {
      int length = file.getInt(at);
      int keyLength = file.getShort(at + 14);
      assertThat("the record knows its place", file.getInt(at + 18), is(at));
      assertThat("its object is what the key leaves", length - keyLength, is(file.getInt(at + 6)));
      String className = text(bytes, at + 26);
      String name = text(bytes, at + 27 + className.length());
      if (className.startsWith("TH")) {
        // The array of counts comes last.
        int cells = plot(name).cells();
        int array = at + length - 8 * cells;
        assertThat(file.getInt(array - 4), is(cells));
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
          counts.add((long) file.getDouble(array + 8 * i));
        }
        found.put(name, counts);
      }
      at += length;
    }
    assertThat(at, is(bytes.length));
    for (Plot plot : contents.plots()) {
      assertThat(plot.name(), found.get(plot.name()), is(all(plot)));
    }
  }

  private static String text(byte[] file, int at) {
    return new String(file, at + 1, file[at], UTF_8);
  }

  @Test
  void rootsOwnReaderInJavaScriptFindsEveryBinEdgeAndTitle() throws Exception {
    Path modules = Path.of("..", "target", "npm", "node_modules").toAbsolutePath().normalize();
    assumeTrue(
        Files.isDirectory(modules.resolve("jsroot")) && runs("node", "--version"),
        "node with jsroot (npm install --prefix target/npm jsroot) is not here");
    Path script = folder.resolve("read.mjs");
    Files.writeString(
        script,
        """
        import { openFile } from '%s/jsroot/build/../modules/io.mjs';
        const file = await openFile(process.argv[2]);
        const all = {};
        for (const key of file.fKeys) {
          const o = await file.readObject(key.fName);
          all[key.fName] = { type: o._typename, title: o.fTitle,
            x: o.fXaxis && [o.fXaxis.fNbins, o.fXaxis.fXmin, o.fXaxis.fXmax, o.fXaxis.fTitle],
            y: o.fYaxis && [o.fYaxis.fNbins, o.fYaxis.fXmin, o.fYaxis.fXmax, o.fYaxis.fTitle],
            entries: o.fEntries, counts: o.fArray && Array.from(o.fArray) };
        }
        console.log(JSON.stringify(all));
        """
            .formatted(modules));
    JsonNode all = JSON.readTree(output("node", script.toString(), written("a.root").toString()));

    for (Plot plot : contents.plots()) {
      JsonNode found = all.get(plot.name());
      assertThat(found.get("type").asText(), is(plot.axes().size() == 1 ? "TH1D" : "TH2D"));
      assertThat(found.get("title").asText(), is(plot.title()));
      assertThat(found.get("entries").asLong(), is(plot.entries()));
      assertThat(plot.name(), numbers(found.get("counts")), is(all(plot)));
      assertAxis(found.get("x"), plot.axes().get(0));
      if (plot.axes().size() == 2) {
        assertAxis(found.get("y"), plot.axes().get(1));
      }
    }
    assertThat(all.get("hits").get("title").asText(), is(Long.toString(window.hits())));
    assertThat(all.get("runs").get("title").asText(), is("591 592"));
  }

  private static void assertAxis(JsonNode found, Axis axis) {
    assertThat(found.get(0).asInt(), is(axis.bins()));
    assertThat(found.get(1).asInt(), is(axis.edge(0)));
    assertThat(found.get(2).asInt(), is(axis.edge(axis.bins())));
    assertThat(found.get(3).asText(), is(axis.label()));
  }

  @Test
  void h5pyFindsEveryBinEdgeAndUnit() throws Exception {
    String python =
        Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    assumeTrue(runs(python, "-c", "import h5py"), "Python with h5py is not here");
    Path script = folder.resolve("read.py");
    Files.writeString(
        script,
        """
        import h5py, json, sys
        def plain(v):
            v = v.tolist() if hasattr(v, 'tolist') else v
            return v.decode() if isinstance(v, bytes) else v
        entry = h5py.File(sys.argv[1])['entry']
        all = {'attributes': {k: plain(v) for k, v in entry.attrs.items()}}
        for name, node in entry.items():
            if isinstance(node, h5py.Group):
                all[name] = {'class': plain(node.attrs['NX_class']),
                    'counts': node['counts'][()].tolist(),
                    'axes': [plain(a) for a in node.attrs['axes']],
                    'edges': [node[plain(a)][()].tolist() for a in node.attrs['axes']],
                    'units': [plain(node[plain(a)].attrs.get('units', '')) for a in node.attrs['axes']],
                    'under': plain(node['counts'].attrs.get('underflow', 0)),
                    'over': plain(node['counts'].attrs.get('overflow', 0))}
            else:
                all[name] = plain(node[()])
        print(json.dumps(all))
        """);
    JsonNode all = JSON.readTree(output(python, script.toString(), written("a.nxs").toString()));

    assertThat(all.get("attributes").get("runs").asText(), is("591 592"));
    assertThat(all.get("hits").asLong(), is(window.hits()));
    for (Plot plot : contents.plots()) {
      JsonNode found = all.get(plot.name());
      assertThat(found.get("class").asText(), is("NXdata"));
      for (int i = 0; i < plot.axes().size(); i++) {
        List<Long> edges = new ArrayList<>();
        for (int edge : plot.axes().get(i).edges()) {
          edges.add((long) edge);
        }
        assertThat(numbers(found.get("edges").get(i)), is(edges));
        assertThat(found.get("units").get(i).asText(), is(plot.axes().get(i).unit()));
      }
      JsonNode counts = found.get("counts");
      if (plot.axes().size() == 1) {
        List<Long> inside = all(plot).subList(1, plot.cells() - 1);
        assertThat(plot.name(), numbers(counts), is(inside));
        assertThat(found.get("under").asLong(), is(plot.count(0)));
        assertThat(found.get("over").asLong(), is(plot.count(plot.cells() - 1)));
      } else {
        for (int x = 0; x < counts.size(); x++) {
          for (int y = 0; y < counts.get(x).size(); y++) {
            assertThat(counts.get(x).get(y).asLong(), is(plot.count(x + 1, y + 1)));
          }
        }
      }
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String output(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS), is(true));
    assertThat("status of " + command[0], process.exitValue(), is(0));
    return output;
  }

  @Test
  void theSameContentsGiveTheSameBytes() throws IOException {
    for (String name : List.of("a.root", "a.json", "a.csv")) {
      byte[] first = Files.readAllBytes(written(name));
      assertThat(name, Files.readAllBytes(written(name)), is(first));
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndNothingIsLeftBehind() {
    Path file = folder.resolve("no/a.root");

    IOException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            IOException.class, () -> ExportFormat.ROOT.write(contents, file, WRITTEN));

    assertThat(refused.getMessage(), containsString("does not exist"));
    assertThat(Optional.ofNullable(folder.toFile().list()).orElseThrow().length, is(0));
  }
}
