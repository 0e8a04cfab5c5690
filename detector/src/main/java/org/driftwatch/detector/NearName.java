package org.driftwatch.detector;

import java.util.List;
import java.util.Locale;

/** What a message says where a name was not understood. */
public final class NearName {
  private NearName() {}

  /** Which of the names was meant, if one is nearly the same; else which are expected. */
  public static String hint(String name, List<String> names) {
    for (String known : names) {
      if (name.equalsIgnoreCase(known)) {
        return "did you mean " + known + "?";
      }
    }
    for (String known : names) {
      if (isNear(name.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT))) {
        return "did you mean " + known + "?";
      }
    }
    return "expected " + String.join(", ", names);
  }

  /** True where one letter more, less or other, or two letters exchanged, make them the same. */
  private static boolean isNear(String a, String b) {
    int same = 0;
    int least = Math.min(a.length(), b.length());
    while (same < least && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    String restOfA = a.substring(same);
    String restOfB = b.substring(same);
    return restOfA.equals(restOfB)
        || behind(restOfA, 1).equals(restOfB)
        || behind(restOfB, 1).equals(restOfA)
        || behind(restOfA, 1).equals(behind(restOfB, 1))
        || (restOfA.length() > 1
            && restOfB.length() > 1
            && restOfA.charAt(0) == restOfB.charAt(1)
            && restOfA.charAt(1) == restOfB.charAt(0)
            && behind(restOfA, 2).equals(behind(restOfB, 2)));
  }

  private static String behind(String text, int letters) {
    return text.substring(Math.min(letters, text.length()));
  }
}
