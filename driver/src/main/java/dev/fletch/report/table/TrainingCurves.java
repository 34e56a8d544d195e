package dev.fletch.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.TrainingEpoch;
import dev.fletch.runfolder.Json;

/** {@code report/metrics.jsonl}: every epoch of every training, one JSON object a line. */
public final class TrainingCurves {
  private TrainingCurves() {}

  public static String lines(RunReport report) {
    StringBuilder lines = new StringBuilder();
    for (CandidateReport candidate : report.candidates()) {
      for (TrainingReport training : candidate.trainings()) {
        for (TrainingEpoch epoch : training.epochs()) {
          lines.append(line(candidate.id(), training.seed(), epoch)).append('\n');
        }
      }
    }
    return lines.toString();
  }

  /** What every training has comes first; of the rest, all numbers that were measured. */
  private static ObjectNode line(String candidate, long seed, TrainingEpoch epoch) {
    ObjectNode fields = epoch.tree();
    ObjectNode line = Json.object().put("candidate", candidate).put("seed", seed);
    for (String first : new String[] {"epoch", "trainLoss", epoch.metric().field("train")}) {
      line.set(first, fields.remove(first));
    }
    fields
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isNumber()) {
                line.set(field.getKey(), field.getValue());
              }
            });
    return line;
  }
}
