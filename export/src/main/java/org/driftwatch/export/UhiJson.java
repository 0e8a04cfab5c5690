package org.driftwatch.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Histograms by name in the JSON of UHI's histogram schema, version 1, which {@code hist} and
 * {@code boost-histogram} read; source: https://uhi.readthedocs.io, "Serialization". Numbers and
 * what the export is of stand in each histogram's metadata.
 */
final class UhiJson {
  private static final int SCHEMA = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private UhiJson() {}

  /** The file's bytes. */
  static byte[] of(Contents contents) {
    ObjectNode root = JSON.createObjectNode();
    for (Plot plot : contents.plots()) {
      ObjectNode node = root.putObject(plot.name());
      node.put("uhi_schema", SCHEMA);
      node.putObject("writer_info")
          .putObject("driftwatch")
          .put("version", contents.about().software());
      ObjectNode metadata = node.putObject("metadata");
      metadata.put("name", plot.name()).put("title", plot.title());
      contents.about().fields().forEach(metadata::put);
      contents.numbers().forEach(metadata::put);
      ArrayNode axes = node.putArray("axes");
      plot.axes().forEach(axis -> axis(axes.addObject(), axis));
      ArrayNode values = node.putObject("storage").put("type", "int").putArray("values");
      if (plot.axes().size() == 1) {
        for (int i = 0; i < plot.cells(); i++) {
          values.add(plot.count(i));
        }
      } else {
        for (int x = 0; x < plot.axes().get(0).bins() + 2; x++) {
          ArrayNode column = values.addArray();
          for (int y = 0; y < plot.axes().get(1).bins() + 2; y++) {
            column.add(plot.count(x, y));
          }
        }
      }
    }
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON is always written", e);
    }
  }

  private static void axis(ObjectNode node, Axis axis) {
    if (axis.isRegular()) {
      node.put("type", "regular").put("lower", axis.edge(0)).put("upper", axis.edge(axis.bins()));
      node.put("bins", axis.bins());
    } else {
      ArrayNode edges = node.put("type", "variable").putArray("edges");
      for (int edge : axis.edges()) {
        edges.add(edge);
      }
    }
    node.put("underflow", true).put("overflow", true).put("circular", false);
    node.putObject("metadata").put("name", axis.title()).put("label", axis.label());
  }
}
