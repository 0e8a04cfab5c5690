package org.driftwatch.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.remote.RemoteAccess;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadFilesTest {
  private static final int MEGABYTE = 1 << 20;

  private static final ReadFiles.Division PARTS = new ReadFiles.Division(3, 1, 2);

  @TempDir Path folder;

  @Test
  void textIsReadAsItIsWithTheFilesName(TestPipeline pipeline) throws IOException {
    byte[] text = "2,0,5,1,1,1\n\n{\"HEAD\":2}\nlast line without end".getBytes(UTF_8);
    Path file = write("a.csv", text);

    assertRead(pipeline, folder + "/*", Map.of(file.toString(), text), ValueFormat.TEXT);
  }

  @Test
  void filesOfWordsAreToldByTheirEnding(TestPipeline pipeline) throws IOException {
    byte[] words = new byte[29];
    Arrays.fill(words, (byte) '\n');
    Path file = write("a.dat", words);

    assertRead(pipeline, folder + "/a.dat", Map.of(file.toString(), words), ValueFormat.BARE_WORDS);
  }

  @Test
  void everyFileThatMatchesIsReadAndAnEmptyOneGivesNothing(TestPipeline pipeline)
      throws IOException {
    byte[] first = "a\n".getBytes(UTF_8);
    byte[] second = "b\n".getBytes(UTF_8);
    Map<String, byte[]> expected =
        Map.of(write("1.txt", first).toString(), first, write("2.csv", second).toString(), second);
    write("3.txt", new byte[0]);

    assertRead(pipeline, folder.toString(), expected, ValueFormat.TEXT);
  }

  @Test
  void compressedFilesAreToldByTheirEnding(TestPipeline pipeline) throws IOException {
    byte[] text = "2,0,5,1,1,1\n".repeat(1000).getBytes(UTF_8);
    Path file = write("a.csv.gz", gzip(text));

    assertRead(pipeline, folder + "/*.gz", Map.of(file.toString(), text), ValueFormat.TEXT);
  }

  @Test
  void compressedFilesOfWordsAreStillWords(TestPipeline pipeline) throws IOException {
    byte[] words = new byte[8000];
    Path file = write("a.dat.gz", gzip(words));

    assertRead(pipeline, folder + "/*", Map.of(file.toString(), words), ValueFormat.BARE_WORDS);
  }

  @Test
  void aLargeFileComesInBlocksThatEndWithALine(TestPipeline pipeline) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < 7 * MEGABYTE; line++) {
      text.append(line).append(",").append("x".repeat(line % 100)).append('\n');
    }
    text.append("z".repeat(3 * MEGABYTE)).append("\nend");
    byte[] bytes = text.toString().getBytes(UTF_8);
    Path file = write("large.csv", bytes);

    assertRead(pipeline, folder + "/*", Map.of(file.toString(), bytes), ValueFormat.TEXT);
  }

  @Test
  void aLargeFileOfWordsComesInBlocksOfWholeWords(TestPipeline pipeline) throws IOException {
    byte[] words = new byte[7 * MEGABYTE + 5];
    for (int i = 0; i < words.length; i++) {
      words[i] = (byte) (i >> 10);
    }
    Path file = write("large.dat", words);

    assertRead(pipeline, folder + "/*", Map.of(file.toString(), words), ValueFormat.BARE_WORDS);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** The blocks of each file, put together by their offsets, are the file. */
  private static void assertRead(
      TestPipeline pipeline, String pattern, Map<String, byte[]> files, ValueFormat format) {
    TreeMap<String, byte[]> expected = new TreeMap<>(files);
    PAssert.that(pipeline.apply(new ReadFiles(Course.DETECTOR, find(pattern), PARTS)))
        .satisfies(
            blocks -> {
              Map<String, TreeMap<Long, byte[]>> found = new TreeMap<>();
              for (RecordBlock block : blocks) {
                assertThat(block.size(), is(1));
                assertThat(block.format(0), is(format));
                assertThat(block.key(0), is(nullValue()));
                assertThat(block.watermark(), is(Long.MIN_VALUE));
                found
                    .computeIfAbsent(block.topic(), name -> new TreeMap<>())
                    .put(block.offset(0), block.value(0));
              }
              assertThat(found.keySet(), is(expected.keySet()));
              expected.forEach(
                  (name, bytes) -> {
                    assertThat(
                        joined(found.get(name), format == ValueFormat.BARE_WORDS), is(bytes));
                    if (bytes.length > 3 * MEGABYTE) {
                      assertThat("blocks", found.get(name).size(), is(greaterThan(2)));
                    }
                  });
              return null;
            });
    pipeline.run();
  }

  private static List<InputFile> find(String place) {
    try {
      return InputFiles.find(List.of(place), RemoteAccess.DEFAULT, line -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] joined(SortedMap<Long, byte[]> blocks, boolean words) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Map.Entry<Long, byte[]> block : blocks.entrySet()) {
      byte[] bytes = block.getValue();
      assertThat("offset", block.getKey(), is((long) joined.size()));
      joined.writeBytes(bytes);
      boolean last = block.getKey().equals(blocks.lastKey());
      if (!last) {
        assertThat(
            "a block ends whole", words ? bytes.length % 8 == 0 : bytes[bytes.length - 1] == '\n');
      }
    }
    return joined.toByteArray();
  }
}
