package dev.fletch.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.report.CandidateReport.Seed;
import dev.fletch.report.CandidateReport.TrainingEpoch;

/** {@code report/metrics.jsonl}: every epoch of every training, one JSON object a line. */
final class TrainingCurves {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainingCurves() {}

  static String lines(RunReport report) {
    StringBuilder lines = new StringBuilder();
    for (CandidateReport candidate : report.candidates()) {
      for (Seed seed : candidate.seeds()) {
        for (TrainingEpoch epoch : seed.epochs()) {
          lines.append(line(candidate.id(), seed.seed(), epoch)).append('\n');
        }
      }
    }
    return lines.toString();
  }

  private static ObjectNode line(String candidate, long seed, TrainingEpoch epoch) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("candidate", candidate)
            .put("seed", seed)
            .put("epoch", epoch.epoch())
            .put("trainLoss", finite(epoch.trainLoss()))
            .put("trainAccuracy", finite(epoch.trainAccuracy()));
    epoch.more().forEach(line::put);
    return line;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
