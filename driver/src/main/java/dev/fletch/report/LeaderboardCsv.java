package dev.fletch.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The leaderboard as RFC 4180 text, one line per candidate; candidates without an accuracy have no
 * rank.
 */
final class LeaderboardCsv {
  private static final String HEADER =
      "rank,id,epoch,testAccuracyMean,testAccuracyStd,"
          + "seeds,parameters,seconds,status,normal,reduction";

  private LeaderboardCsv() {}

  static String text(List<CandidateReport> candidates) {
    StringBuilder csv = new StringBuilder(HEADER).append("\r\n");
    int rank = 0;
    for (CandidateReport candidate : Leaderboard.ranked(candidates)) {
      rank++;
      csv.append(line(candidate, candidate.measuredSeeds() > 0 ? Integer.toString(rank) : ""))
          .append("\r\n");
    }
    return csv.toString();
  }

  private static String line(CandidateReport candidate, String rank) {
    String epoch =
        candidate.epoch().isPresent() ? Integer.toString(candidate.epoch().getAsInt()) : "";
    return row(
        rank,
        candidate.id(),
        epoch,
        number(candidate.testAccuracyMean()),
        number(candidate.testAccuracyStd()),
        Integer.toString(candidate.measuredSeeds()),
        candidate.parameters() > 0 ? Long.toString(candidate.parameters()) : "",
        number(candidate.seconds()),
        candidate.status(),
        candidate.genotype().normal().text(),
        candidate.genotype().reduction().text());
  }

  private static String row(String... fields) {
    return Arrays.stream(fields).map(LeaderboardCsv::quoted).collect(Collectors.joining(","));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
