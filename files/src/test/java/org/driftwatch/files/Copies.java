package org.driftwatch.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Files as they come to another machine. */
public final class Copies {
  private Copies() {}

  /** The bytes in which a file travels. */
  public static byte[] sent(InputFile file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(file);
    }
    return bytes.toByteArray();
  }

  /** A file as it arrives. */
  public static InputFile of(InputFile file) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent(file)))) {
      return (InputFile) in.readObject();
    }
  }
}
