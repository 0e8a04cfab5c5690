package org.driftwatch.export;

import java.util.ArrayList;
import java.util.List;

/**
 * How the members of ROOT's classes lie in a file, as ROOT wants to be told in every file: one
 * {@code TStreamerInfo} a class. Names, versions, checksums and members are those of ROOT 6.
 */
final class RootStreamers {
  private static final int OBJECT = 0x901BC02D;
  private static final int NAMED = 0xDFB74A3C;
  private static final int LINE = 0x94074549;
  private static final int FILL = 0xFFD92A92;
  private static final int MARKER = 0x291D8BEC;
  private static final int AXIS_LOOK = 0x5C6FFF3E;
  private static final int AXIS = 0x5A496E70;
  private static final int HISTOGRAM = 0x1C3740C4;
  private static final int HISTOGRAM_2 = 0x0182347F;
  private static final int ARRAY = 0x7139EF34;

  // Types of members, TVirtualStreamerInfo::EReadWrite.
  private static final int BASE = 0;
  private static final int SHORT = 2;
  private static final int INT = 3;
  private static final int FLOAT = 5;
  private static final int COUNTER = 6;
  private static final int DOUBLE = 8;
  private static final int UNSIGNED_SHORT = 12;
  private static final int UNSIGNED = 13;
  private static final int BITS = 15;
  private static final int BOOL = 18;
  private static final int DOUBLES = 48;
  private static final int MEMBER = 61;
  private static final int ANY = 62;
  private static final int POINTER = 63;
  private static final int POINTER_OR_NULL = 64;
  private static final int TEXT = 65;
  private static final int AS_OBJECT = 66;
  private static final int AS_NAMED = 67;

  // Bytes in memory of classes that are members.
  private static final int TEXT_BYTES = 24;
  private static final int ARRAY_BYTES = 24;
  private static final int AXIS_BYTES = 216;

  private final List<RootBuffer.Content> infos = new ArrayList<>();
  private List<RootBuffer.Content> members = new ArrayList<>();

  /** The infos of all classes that a file of histograms needs, a {@code TList}. */
  static void write(RootBuffer buffer) {
    RootStreamers all = new RootStreamers();
    all.basics();
    all.axis();
    all.histograms();
    buffer.list(all.infos);
  }

  private void basics() {
    basic("fUniqueID", "object unique identifier", UNSIGNED, "unsigned int");
    basic("fBits", "bit field status word", BITS, "unsigned int");
    end("TObject", 1, OBJECT);
    base("TObject", "Basic ROOT object", 1, OBJECT);
    text("fName", "object identifier");
    text("fTitle", "object title");
    end("TNamed", 1, NAMED);
    basic("fLineColor", "Line color", SHORT, "short");
    basic("fLineStyle", "Line style", SHORT, "short");
    basic("fLineWidth", "Line width", SHORT, "short");
    end("TAttLine", 2, LINE);
    basic("fFillColor", "Fill area color", SHORT, "short");
    basic("fFillStyle", "Fill area style", SHORT, "short");
    end("TAttFill", 2, FILL);
    basic("fMarkerColor", "Marker color", SHORT, "short");
    basic("fMarkerStyle", "Marker style", SHORT, "short");
    basic("fMarkerSize", "Marker size", FLOAT, "float");
    end("TAttMarker", 2, MARKER);
  }

  private void axis() {
    basic("fNdivisions", "Number of divisions(10000*n3 + 100*n2 + n1)", INT, "int");
    basic("fAxisColor", "Color of the line axis", SHORT, "short");
    basic("fLabelColor", "Color of labels", SHORT, "short");
    basic("fLabelFont", "Font for labels", SHORT, "short");
    basic("fLabelOffset", "Offset of labels", FLOAT, "float");
    basic("fLabelSize", "Size of labels", FLOAT, "float");
    basic("fTickLength", "Length of tick marks", FLOAT, "float");
    basic("fTitleOffset", "Offset of axis title", FLOAT, "float");
    basic("fTitleSize", "Size of axis title", FLOAT, "float");
    basic("fTitleColor", "Color of axis title", SHORT, "short");
    basic("fTitleFont", "Font for axis title", SHORT, "short");
    end("TAttAxis", 4, AXIS_LOOK);
    base("TNamed", "The basis for a named object (name, title)", 1, NAMED);
    base("TAttAxis", "Axis attributes", 4, AXIS_LOOK);
    basic("fNbins", "Number of bins", INT, "int");
    basic("fXmin", "Low edge of first bin", DOUBLE, "double");
    basic("fXmax", "Upper edge of last bin", DOUBLE, "double");
    member("TStreamerObjectAny", "fXbins", "Bin edges array in X", ANY, ARRAY_BYTES, "TArrayD");
    basic("fFirst", "First bin to display", INT, "int");
    basic("fLast", "Last bin to display", INT, "int");
    basic("fBits2", "Second bit status word", UNSIGNED_SHORT, "unsigned short");
    basic("fTimeDisplay", "On/off displaying time values instead of numerics", BOOL, "bool");
    text("fTimeFormat", "Date&time format, ex: 09/12/99 12:34:00");
    pointer("fLabels", "List of labels", POINTER_OR_NULL, "THashList*");
    pointer("fModLabs", "List of modified labels", POINTER_OR_NULL, "TList*");
    end("TAxis", 10, AXIS);
  }

  private void histograms() {
    base("TNamed", "The basis for a named object (name, title)", 1, NAMED);
    base("TAttLine", "Line attributes", 2, LINE);
    base("TAttFill", "Fill area attributes", 2, FILL);
    base("TAttMarker", "Marker attributes", 2, MARKER);
    basic("fNcells", "Number of bins(1D), cells (2D) +U/Overflows", INT, "int");
    for (String axis : List.of("X", "Y", "Z")) {
      String name = "f" + axis + "axis";
      member("TStreamerObject", name, axis + " axis descriptor", MEMBER, AXIS_BYTES, "TAxis");
    }
    basic("fBarOffset", "(1000*offset) for bar charts or legos", SHORT, "short");
    basic("fBarWidth", "(1000*width) for bar charts or legos", SHORT, "short");
    basic("fEntries", "Number of entries", DOUBLE, "double");
    basic("fTsumw", "Total Sum of weights", DOUBLE, "double");
    basic("fTsumw2", "Total Sum of squares of weights", DOUBLE, "double");
    basic("fTsumwx", "Total Sum of weight*X", DOUBLE, "double");
    basic("fTsumwx2", "Total Sum of weight*X*X", DOUBLE, "double");
    basic("fMaximum", "Maximum value for plotting", DOUBLE, "double");
    basic("fMinimum", "Minimum value for plotting", DOUBLE, "double");
    basic("fNormFactor", "Normalization factor", DOUBLE, "double");
    member(
        "TStreamerObjectAny",
        "fContour",
        "Array to display contour levels",
        ANY,
        ARRAY_BYTES,
        "TArrayD");
    member(
        "TStreamerObjectAny",
        "fSumw2",
        "Array of sum of squares of weights",
        ANY,
        ARRAY_BYTES,
        "TArrayD");
    text("fOption", "Histogram options");
    pointer("fFunctions", "->Pointer to list of functions (fits and user)", POINTER, "TList*");
    basic("fBufferSize", "fBuffer size", COUNTER, "int");
    members.add(
        b ->
            b.pointer(
                "TStreamerBasicPointer",
                2,
                e -> {
                  element(e, "fBuffer", "[fBufferSize] entry buffer", DOUBLES, 8, 0, "double*");
                  e.int32(8).text("fBufferSize").text("TH1");
                }));
    basic("fBinStatErrOpt", "Option for bin statistical errors", INT, "TH1::EBinErrorOpt");
    basic(
        "fStatOverflows",
        "Per object flag to use under/overflows in statistics",
        INT,
        "TH1::EStatOverflows");
    end("TH1", 8, HISTOGRAM);
    base("TH1", "1-Dim histogram base class", 8, HISTOGRAM);
    base("TArrayD", "Array of doubles", 1, ARRAY);
    end("TH1D", 3, 0xF9B1569F);
    base("TH1", "1-Dim histogram base class", 8, HISTOGRAM);
    basic("fScalefactor", "Scale factor", DOUBLE, "double");
    basic("fTsumwy", "Total Sum of weight*Y", DOUBLE, "double");
    basic("fTsumwy2", "Total Sum of weight*Y*Y", DOUBLE, "double");
    basic("fTsumwxy", "Total Sum of weight*X*Y", DOUBLE, "double");
    end("TH2", 5, HISTOGRAM_2);
    base("TH2", "2-Dim histogram base class", 5, HISTOGRAM_2);
    base("TArrayD", "Array of doubles", 1, ARRAY);
    end("TH2D", 4, 0x7FBA82F0);
  }

  /** The members so far are those of this class. */
  private void end(String className, int version, int checksum) {
    List<RootBuffer.Content> of = members;
    members = new ArrayList<>();
    infos.add(
        b ->
            b.pointer(
                "TStreamerInfo",
                9,
                info -> {
                  info.named(className, "").int32(checksum).int32(version);
                  info.pointer(
                      "TObjArray",
                      3,
                      array -> {
                        array.object().text("").int32(of.size()).int32(0);
                        of.forEach(member -> member.write(array));
                      });
                }));
  }

  private void base(String name, String title, int version, int checksum) {
    int type = name.equals("TObject") ? AS_OBJECT : name.equals("TNamed") ? AS_NAMED : BASE;
    members.add(
        b ->
            b.pointer(
                "TStreamerBase",
                3,
                e -> {
                  element(e, name, title, type, 0, checksum, "BASE");
                  e.int32(version);
                }));
  }

  private void basic(String name, String title, int type, String typeName) {
    int bytes =
        switch (type) {
          case BOOL -> 1;
          case SHORT, UNSIGNED_SHORT -> 2;
          case DOUBLE -> 8;
          default -> 4;
        };
    member("TStreamerBasicType", name, title, type, bytes, typeName);
  }

  private void text(String name, String title) {
    member("TStreamerString", name, title, TEXT, TEXT_BYTES, "TString");
  }

  private void pointer(String name, String title, int type, String typeName) {
    member("TStreamerObjectPointer", name, title, type, 8, typeName);
  }

  private void member(
      String kind, String name, String title, int type, int bytes, String typeName) {
    members.add(b -> b.pointer(kind, 2, e -> element(e, name, title, type, bytes, 0, typeName)));
  }

  /** A {@code TStreamerElement}; of a base class it carries the checksum where array sizes are. */
  private static void element(
      RootBuffer buffer,
      String name,
      String title,
      int type,
      int bytes,
      int checksum,
      String typeName) {
    buffer.object(
        4,
        b ->
            b.named(name, title)
                .int32(type)
                .int32(bytes)
                .int32(0)
                .int32(0)
                .int32(0)
                .int32(checksum)
                .int32(0)
                .int32(0)
                .int32(0)
                .text(typeName));
  }
}
