package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.retrain.Protocol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything the report of one run says.
 *
 * @param candidates in the order of the run; empty when nothing was retrained
 * @param environment versions, machine, data checksums: key to value, in the order to be shown
 * @param protocol of the retraining
 * @param population of a search by evolution; empty for others
 */
public record RunReport(
    Run run,
    SearchReport search,
    List<CandidateReport> candidates,
    Map<String, String> environment,
    Protocol protocol,
    Optional<PopulationReport> population) {
  /** Of a run without a search by evolution. */
  public RunReport(
      Run run,
      SearchReport search,
      List<CandidateReport> candidates,
      Map<String, String> environment,
      Protocol protocol) {
    this(run, search, candidates, environment, protocol, Optional.empty());
  }

  public RunReport {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(population, "population");
    candidates = List.copyOf(candidates);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** This report, with what there is to say of a search by evolution. */
  public RunReport with(PopulationReport evolved) {
    return new RunReport(run, search, candidates, environment, protocol, Optional.of(evolved));
  }

  /** What ranks the epochs and the candidates, and what their figures are. */
  public Metric metric() {
    return search.epochs().isEmpty() ? Leaderboard.metric(candidates) : search.metric();
  }

  /**
   * Which run it was.
   *
   * @param command the command line that started it; empty when unknown
   */
  public record Run(String name, long seed, String command) {
    public Run {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(command, "command");
    }
  }
}
