package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.driftwatch.files.FileLayout;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.Listing;
import org.driftwatch.files.SourceFault;

/**
 * A container at a web server whose address answers with the names of its objects, one a line, as
 * OpenStack Swift does; an object lies at the container's address, a slash and its name. An address
 * whose path ends as the names of files do is itself one object.
 *
 * <p>Swift lists so many names at once (10,000 mostly) and continues after the one given as {@code
 * marker}: asked so until no new name comes, which costs other servers one request.
 */
public final class WebContainer {
  private static final int MOST_LIST_BYTES = 64 << 20;

  private final URI address;
  private final RemoteAccess access;

  private WebContainer(URI address, RemoteAccess access) {
    this.address = address;
    this.access = access;
  }

  /** True if a source's name is an address of this kind. */
  public static boolean isAddress(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return small.startsWith("https://") || small.startsWith("http://");
  }

  /**
   * The objects at an address, in name order.
   *
   * @param asTheyAre true to read the objects as they are now, which takes a request for each;
   *     false as they are when opened
   * @param lines takes a line about objects skipped and tries that failed; from any thread
   * @throws IOException if there are none or they may not be read, with one line that says so
   */
  public static List<InputFile> find(
      String name, RemoteAccess access, boolean asTheyAre, Consumer<String> lines)
      throws IOException {
    var fault = Addresses.fault(name, access.allowHttp());
    if (fault.isPresent()) {
      throw new IOException("source " + fault.get());
    }
    URI address = URI.create(name);
    if (FileLayout.isNamed(address.getPath())) {
      WebObject object = new WebObject(name, address, access);
      // A wrong address is reported at the start.
      RemoteFile found = RemoteFile.asItIs(object, lines);
      return List.of(asTheyAre ? found : RemoteFile.anyVersion(object));
    }
    WebContainer container = new WebContainer(address, access);
    List<String> names = Retries.STANDARD.send(name, lines, container::names);
    List<WebObject> objects =
        Listing.choose(name, names, lines).stream().map(container::object).toList();
    if (asTheyAre) {
      return RemoteFile.asTheyAre(objects, lines);
    }
    return objects.stream().<InputFile>map(RemoteFile::anyVersion).toList();
  }

  private WebObject object(String name) {
    String container = path();
    return new WebObject(container + name, URI.create(container + Web.escape(name)), access);
  }

  /** The address without its query, with a slash at its end. */
  private String path() {
    String text = address.toString().replaceFirst("[?#].*", "");
    return text.endsWith("/") ? text : text + "/";
  }

  private List<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    String last = "";
    List<String> page;
    do {
      page = page(last);
      last = page.isEmpty() ? "" : page.get(page.size() - 1);
    } while (names.addAll(page));
    return List.copyOf(names);
  }

  /** The names behind one, those of a server that knows no marker from the first on. */
  private List<String> page(String marker) throws IOException {
    String text = address.toString().replaceFirst("#.*", "");
    if (!marker.isEmpty()) {
      text += (address.getRawQuery() == null ? "?" : "&") + "marker=" + Web.escape(marker);
    }
    HttpURLConnection connection =
        Web.of(access).get(URI.create(text), Map.of("Accept", "text/plain"));
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_NO_CONTENT) {
      return List.of();
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw Web.refusal(connection);
    }
    byte[] list;
    try (InputStream in = connection.getInputStream()) {
      list = in.readNBytes(MOST_LIST_BYTES);
    }
    long announced = connection.getContentLengthLong();
    if (announced > MOST_LIST_BYTES || list.length == MOST_LIST_BYTES) {
      connection.disconnect();
      throw new SourceFault(
          "the answer is longer than "
              + MOST_LIST_BYTES
              + " bytes; expected a list of object names (is it an object? its name must end in"
              + " .csv, .txt, .dat, .bin or .jsonl then, also with .gz)");
    }
    if (list.length < announced) {
      throw new IOException("the list ended early");
    }
    List<String> names =
        new String(list, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    requirePlain(String.valueOf(connection.getContentType()), names);
    return names;
  }

  private static void requirePlain(String type, List<String> names) throws SourceFault {
    String small = type.toLowerCase(Locale.ROOT);
    boolean marked = small.contains("html") || small.contains("xml") || small.contains("json");
    if (marked || (!names.isEmpty() && names.get(0).startsWith("<"))) {
      throw new SourceFault(
          "the server answers with "
              + (marked ? type : "a page")
              + ", expected a plain list of object names, one a line");
    }
  }
}
