package dev.fletch.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.runfolder.RunFolder;

/** {@code search/result.json}: how a search ended, which its epochs alone do not say. */
final class SearchEnd {
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SearchEnd() {}

  static void write(RunFolder run, SearchSettings settings, SearchResult result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("formatVersion", FORMAT_VERSION)
        .put("method", settings.methodName())
        .put("order", settings.order())
        .put("bestEpoch", result.bestEpoch())
        .put("comparableFrom", result.comparableFrom())
        .put("stopReason", result.stopReason())
        .put("stopEpoch", result.lastEpoch());
    if (result.beforeCollapse().isPresent()) {
      json.put("beforeCollapse", result.beforeCollapse().getAsInt());
    } else {
      json.putNull("beforeCollapse");
    }
    run.writeText(SearchResult.RESULT_FILE, json + "\n");
  }
}
