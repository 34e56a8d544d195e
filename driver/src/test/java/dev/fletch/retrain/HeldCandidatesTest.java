package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellPair;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Taken.FoundIn;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names stay with their networks: those taken from elsewhere, and those of trained ones. */
class HeldCandidatesTest {
  private static final FoundIn FOUND =
      new FoundIn("file:/a/net", "net", "mnist", "e1", "neat", "last", Double.NaN, "x");

  @TempDir Path folder;
  private final Configuration hadoop = new Configuration();
  private final List<String> said = new ArrayList<>();
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(folder.resolve("run").toString(), hadoop);
    run.writeText(RunFolder.CONFIG, "fletch {}");
  }

  @Test
  void whatIsNotedOfAStructureIsRead() {
    Candidate candidate = taken("from-net-best", "from:/a/net/best", "then", ToyJobs.FIRST);
    CandidateFile.write(run, candidate);

    assertThat(CandidateFile.read(run, "from-net-best")).isEqualTo(candidate);
    assertThat(run.readText("retrain/from-net-best/candidate.json"))
        .contains("\"searchSeconds\" : null");
    run.writeText(
        "retrain/from-net-best/candidate.json",
        run.readText("retrain/from-net-best/candidate.json").replace("from:/a/net/best", "last"));
    assertThatThrownBy(() -> CandidateFile.read(run, "from-net-best"))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining(
            "describes no candidate (last names no other run and no file): retrain to have it");
  }

  @Test
  void aRunOfTheSameNameIsAnother() throws IOException {
    CandidateFile.write(run, taken("from-net-best", "from:/a/net/best", "", ToyJobs.FIRST));
    String other = file("net-best.json", ToyJobs.SECOND);
    CandidateFile.write(
        run,
        new Candidate(
            "from-net-best-2", List.of(Origin.elsewhere("from-net-best-2")), ToyJobs.FIRST));

    assertThat(take(other)).isEqualTo("from-net-best-3");
    assertThat(said).isEmpty();
    assertThat(take("from:/a/net/best")).isEqualTo("from-net-best");
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("candidate from:/a/net/best: cannot be read any more, and this run goes on");
  }

  @Test
  void aFileThatHasChangedIsTakenNoSecondTime() throws IOException {
    String label = file("net.json", ToyJobs.FIRST);
    CandidateFile.write(run, candidates(label).get(0));
    assertThat(take(label)).isEqualTo("from-net");
    assertThat(said).isEmpty();
    file("net.json", ToyJobs.SECOND);

    assertThat(candidates(label).get(0).genotype()).isEqualTo(ToyJobs.FIRST);
    assertThat(said)
        .containsExactly(
            "candidate "
                + label
                + ": means another structure by now; this run keeps what it has taken, in"
                + " retrain/from-net/candidate.json: to train the other one too, give it by its"
                + " own name");
  }

  /** Taken before labels were noted, and from a run that lies elsewhere by now. */
  @Test
  void namesOfOlderVersionsAndRunsThatWereMovedAreKnown() throws IOException {
    CandidateFile.write(
        run,
        new Candidate("from-net-best", List.of(Origin.elsewhere("from-net-best")), ToyJobs.FIRST));
    assertThat(candidates("from:/gone/net/best").get(0).genotype()).isEqualTo(ToyJobs.FIRST);

    CandidateFile.write(
        run, taken("from-net-best", "from:/gone/net/best", "2026-01-02T03:04:05Z", ToyJobs.FIRST));
    Files.createDirectories(folder.resolve("moved/net"));
    Files.writeString(folder.resolve("moved/net/config.conf"), "fletch {}");
    manifest("2026-01-02T03:04:05Z");
    assertThatThrownBy(() -> take("from:" + folder + "/moved/net/last"))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("has no candidate last");
    Candidate known = candidates("from:" + folder + "/moved/net/best").get(0);
    assertThat(known.genotype()).isEqualTo(ToyJobs.FIRST);
    Taken taken = known.origins().get(0).taken().orElseThrow();
    assertThat(taken.label()).isEqualTo("from:" + folder + "/moved/net/best");
    assertThat(taken.found()).contains(FOUND);

    manifest("2026-01-02T03:04:06Z");
    assertThatThrownBy(() -> take("from:" + folder + "/moved/net/best"))
        .as("another run of that name")
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("has no candidate best");
  }

  @Test
  void aBrokenDescriptionIsSaidAndOneOfANewerVersionRefused() {
    run.writeText("retrain/last/candidate.json", "{\"formatVersion\":1}");
    assertThat(HeldCandidates.of(run, said::add).isTaken("last")).isFalse();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("retrain/last/candidate.json: describes no candidate (");
    run.writeText("retrain/last/candidate.json", "{\"formatVersion\":2}");
    assertThatThrownBy(() -> HeldCandidates.of(run, said::add))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("has format version 2");
    assertThat(HeldCandidates.at(folder + "/none", hadoop, said::add).isTaken("last")).isFalse();
  }

  @Test
  void aNetworkThatIsTrainedGetsItsNewNameAndIsNotTrainedAgain() {
    retrain("5", List.of(named("best-validation", ToyJobs.FIRST), named("old", ToyJobs.SECOND)));
    CellPair same = CellPair.parse(ToyJobs.FIRST.text());

    assertThat(retrain("5", List.of(named("last", same), named("old", ToyJobs.SECOND)))).isEmpty();
    assertThat(run.folders("retrain")).containsExactly("best-validation", "old");
    assertThat(CandidateFile.read(run, "best-validation").origins())
        .extracting(Origin::label)
        .containsExactly("best-validation", "last");
    assertThat(retrain("5", List.of(named("best-validation", same)))).isEmpty();
    assertThat(CandidateFile.read(run, "best-validation").origins()).hasSize(2);

    assertThat(retrain("6", List.of(named("last", same))))
        .as("other settings leave the old results alone")
        .containsExactly("last/0");
    assertThat(retrain("6", List.of(named("best-validation", same))))
        .as("trained by its other name")
        .isEmpty();
    assertThat(retrain("6", List.of(named("last", ToyJobs.SECOND), named("new", same))))
        .as("a name is never that of two networks")
        .containsExactly("last/0", "new/0");
    assertThat(CandidateFile.read(run, "last").origins())
        .extracting(Origin::label)
        .containsExactly("last");
  }

  private List<String> retrain(String batchKey, List<Candidate> candidates) {
    ToyJobs jobs = new ToyJobs(run, "none");
    RetrainResult result =
        new Retraining(
                ToyJobs.settings(List.of(0L)),
                ToyJobs.data(),
                ResultKeys.of(Map.of("retrain.batch", batchKey)),
                run,
                jobs,
                unused -> {})
            .run(candidates);
    assertThat(result.candidates()).allSatisfy(c -> assertThat(c.trained()).hasSize(1));
    return jobs.started;
  }

  private static Candidate named(String id, CellPair genotype) {
    return new Candidate(id, List.of(Origin.ofEpoch(id, 1)), genotype);
  }

  private static Candidate taken(String id, String label, String begun, CellPair genotype) {
    Origin origin = Origin.elsewhere(id).with(new Taken(label, begun, Optional.of(FOUND)));
    return new Candidate(id, List.of(origin), genotype);
  }

  private String file(String name, CellPair genotype) throws IOException {
    return Files.writeString(folder.resolve(name), genotype.json().toString()).toString();
  }

  private void manifest(String started) throws IOException {
    Files.writeString(
        folder.resolve("moved/net/manifest.json"),
        "{\"formatVersion\":1,\"command\":\"a\",\"started\":\"%s\"}".formatted(started));
  }

  private String take(String label) {
    return candidates(label).get(0).id();
  }

  private List<Candidate> candidates(String label) {
    said.clear();
    TakenCandidates taken =
        new TakenCandidates(
            HeldCandidates.of(run, said::add),
            hadoop,
            (named, genotype) -> Optional.of(FOUND).filter(f -> !named.candidate().isEmpty()));
    return Candidates.of(() -> null, List.of(label), null, 0, taken, said::add);
  }
}
