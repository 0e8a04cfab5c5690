package org.driftwatch.files.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.files.SourceFault;

/**
 * An object that a web server gives out, by ranges where it knows them.
 *
 * @param name as the user knows it
 * @param address where it lies
 * @param access how to reach it
 */
record WebObject(String name, URI address, RemoteAccess access) implements StoredObject {
  private static final int RANGE_BEYOND_END = 416;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(.+)");
  private static final Pattern SIZE_ONLY = Pattern.compile("bytes \\*/(\\d{1,18})");

  @Override
  public String path() {
    return address.getPath();
  }

  @Override
  public Body open(long from, long count, String version) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Range", "bytes=" + from + "-" + (from + count - 1));
    if (Versions.isTag(version)) {
      headers.put("If-Match", version);
    }
    HttpURLConnection connection = Web.of(access).get(address, headers);
    int status = connection.getResponseCode();
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    String found =
        Versions.of(connection.getHeaderField("ETag"), connection.getHeaderField("Last-Modified"));
    if (status == HttpURLConnection.HTTP_OK) {
      long size = connection.getContentLengthLong();
      return new Body(connection.getInputStream(), 0, size, size, found, connection::disconnect);
    }
    if (status == HttpURLConnection.HTTP_PARTIAL) {
      Matcher part = RANGE.matcher(range);
      if (!part.matches()) {
        connection.disconnect();
        throw new SourceFault("the server sent a part without saying which (" + range + ")");
      }
      return new Body(
          connection.getInputStream(),
          Long.parseLong(part.group(1)),
          Long.parseLong(part.group(2)) + 1,
          part.group(3).equals("*") ? UNKNOWN : Long.parseLong(part.group(3)),
          found,
          connection::disconnect);
    }
    if (status == RANGE_BEYOND_END) {
      connection.disconnect();
      Matcher only = SIZE_ONLY.matcher(range);
      long size = only.matches() ? Long.parseLong(only.group(1)) : 0;
      if (size == from) {
        return new Body(new ByteArrayInputStream(new byte[0]), from, from, size, found, () -> {});
      }
      throw new Changed("it ends before this byte now");
    }
    if (status == HttpURLConnection.HTTP_PRECON_FAILED) {
      connection.disconnect();
      throw new Changed("was version " + version);
    }
    throw Web.refusal(connection);
  }
}
