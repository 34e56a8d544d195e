package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Genome;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.Computing;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.evolution.Individual;
import dev.fletch.evolution.Inheritance;
import dev.fletch.evolution.InnovationTable;
import dev.fletch.evolution.Origin;
import dev.fletch.evolution.Population;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.task.Classification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights a network begins with where they are inherited. */
class HeritageTest {
  private static final Configuration HADOOP = new Configuration();
  private static final long SEED = 5;
  private static final FitnessSettings SETTINGS =
      new FitnessSettings(
          1,
          new CandidateSettings(4, 2, 1, 0, 0, 1),
          8,
          new Computing(1),
          new SgdSettings(0.9, 0),
          new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.1, 0.1),
          5,
          AugmentationSettings.NONE);
  private static final String INPUTS = " connections=[1:0>1:I,2:0>1:J";

  /** The fitter parent, and the genome with ports exchanged whose network was trained for it. */
  private static final Genome FITTER =
      Genome.parse("genome output=1 nodes=[1:add(sep_conv_3,max_pool_3)]" + INPUTS + "]");

  private static final Genome TRAINED_FOR_FITTER =
      Genome.parse("genome output=1 nodes=[1:add(max_pool_3,sep_conv_3)]" + INPUTS + "]");
  private static final Genome OTHER =
      Genome.parse(
          "genome output=2 nodes=[1:add(sep_conv_3,dil_conv_3)|2:add(dil_conv_5,none)]"
              + INPUTS
              + ",3:1>2:I]");
  private static final Genome CHILD =
      Genome.parse(
          "genome output=2 nodes=[1:add(sep_conv_3+relu,sep_conv_5)|2:add(dil_conv_5,max_pool_3)]"
              + INPUTS
              + ",3:1>2:I,4:0>2:J]");

  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void begin() throws IOException {
    Files.writeString(folder.resolve(RunFolder.CONFIG), "");
    run = RunFolder.open(folder.toString(), HADOOP);
  }

  private Heritage nothing() {
    return new Heritage(run.path(), "", List.of(), List.of());
  }

  private static FitnessJob job(int id, Genome genome, Heritage heritage) {
    DataSettings data =
        new DataSettings(
            new IdxFormat(), "bundled:fashion-mnist", List.of(), List.of(), 60, 32, 0.5);
    return new FitnessJob(id, genome, SETTINGS, data, SEED, heritage);
  }

  private static ArchitectureNetwork network(Genome genome) {
    return Networks.of(
        genome, SETTINGS.network(), new ImageShape(1, 28, 28), new Classification(10), 8, 1);
  }

  private static TrainingState fresh(ArchitectureNetwork network) {
    return new TrainingState(
        network.initialWeights(SEED),
        SETTINGS.weights().optimizer(network.weightCount()),
        network.initialStatistics());
  }

  private Map<String, float[]> trained(int id) {
    return new CheckpointFolder(run, TrainedWeights.name(id), 1)
        .newest(warning -> {})
        .orElseThrow()
        .vectors();
  }

  /**
   * Where each weight of the child comes from: a trained network and its name there, or nowhere.
   */
  private static String source(String name) {
    String atChild = name.replaceFirst("copies\\.[01]\\.nodes\\.", "");
    String copy = name.substring(0, name.length() - atChild.length());
    if (copy.isEmpty()) {
      return "7 " + name;
    }
    return switch (atChild.substring(0, 3)) {
      case "1.I" -> "7 " + copy + "1.J" + atChild.substring(3);
      case "2.I" -> "8 " + name;
      default -> "";
    };
  }

  @Test
  void beginsWithTheTrainedWeightsOfUnchangedPorts() {
    assertThat(job(7, TRAINED_FOR_FITTER, nothing()).run(HADOOP).failure()).isEmpty();
    assertThat(job(8, OTHER, nothing()).run(HADOOP).failure()).isEmpty();
    Heritage heritage =
        new Heritage(
            run.path(),
            "",
            List.of(new Heritage.Parent(7, TRAINED_FOR_FITTER), new Heritage.Parent(8, OTHER)),
            Inheritance.of(
                CHILD,
                List.of(
                    new Inheritance.Parent(FITTER, TRAINED_FOR_FITTER),
                    new Inheritance.Parent(OTHER, OTHER))));
    try (ArchitectureNetwork network = network(CHILD)) {
      TrainingState state = fresh(network);
      float[] fresh = state.weights().array().clone();
      heritage.begin(network, state, HADOOP);

      int inherited = 0;
      for (WeightSlot slot : network.weightSlots()) {
        int end = slot.offset() + slot.length();
        float[] begun = Arrays.copyOfRange(state.weights().array(), slot.offset(), end);
        float[] drawn = Arrays.copyOfRange(fresh, slot.offset(), end);
        String source = source(slot.name());
        if (source.isEmpty()) {
          assertThat(begun).as(slot.name()).isEqualTo(drawn);
        } else {
          inherited++;
          int genome = Integer.parseInt(source.substring(0, 1));
          assertThat(begun)
              .as(slot.name())
              .isEqualTo(trained(genome).get("weight " + source.substring(2)))
              .isNotEqualTo(drawn);
        }
      }
      assertThat(inherited).isLessThan(network.weightSlots().size());
      for (StatisticsSlot slot : network.statisticsSlots()) {
        float[] begun =
            Arrays.copyOfRange(
                state.statistics().array(), slot.offset(), slot.offset() + 2 * slot.channels());
        String source = source(slot.name());
        float[] expected = new float[2 * slot.channels()];
        Arrays.fill(expected, slot.channels(), expected.length, 1);
        if (!source.isEmpty()) {
          int genome = Integer.parseInt(source.substring(0, 1));
          expected = trained(genome).get("statistics " + source.substring(2));
        }
        assertThat(begun).as(slot.name()).isEqualTo(expected);
      }
    }
    Fitness inheriting = job(9, CHILD, heritage).run(HADOOP);
    Fitness fromScratch = job(9, CHILD, Heritage.NONE).run(HADOOP);
    assertThat(inheriting.trainLoss()).isNotEqualTo(fromScratch.trainLoss());
    assertThat(job(9, CHILD, nothing()).run(HADOOP).trainLoss()).isEqualTo(fromScratch.trainLoss());
  }

  @Test
  void weightsThatAreMissingOrOfAnotherGenomeAreNamed() throws IOException {
    Heritage heritage =
        new Heritage(run.path(), "", List.of(new Heritage.Parent(7, FITTER)), List.of());

    assertThatThrownBy(() -> heritage.requireWhole(run))
        .isInstanceOf(RunFolderException.class)
        .hasMessageEndingWith(
            "/search/weights/genome-00007: is missing, and children of genome 7 start from these"
                + " weights: restore it from a copy of the folder, or choose another output");

    job(7, OTHER, nothing()).run(HADOOP);
    assertThatThrownBy(() -> heritage.requireWhole(run))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("genotype was ");

    Path file = folder.resolve(TrainedWeights.name(7)).resolve("epoch-000.ckpt");
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 1));
    assertThatThrownBy(() -> heritage.requireWhole(run))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("no checkpoint in search/weights/genome-00007 is whole");
  }

  /** Of two parents' networks one dies out; when it comes back it has nothing to leave. */
  @Test
  void weightsAreKeptAsLongAsEveryGenerationHasTheirNetwork() {
    Heirs heirs = new Heirs(run);
    Fitness fitter = job(0, FITTER, nothing()).run(HADOOP);
    Fitness other = job(1, OTHER, nothing()).run(HADOOP);
    Fitness failed = Fitness.failed(job(2, CHILD, nothing()), "no room");
    Population first = population(0, FITTER, OTHER, CHILD);
    heirs.scored(first, List.of(fitter, other, failed));
    heirs.removeOld();
    assertThat(run.folders("search/weights")).containsExactly("genome-00000", "genome-00001");
    assertThat(heirs.heritage(child(List.of(1, 0))).parents())
        .containsExactly(new Heritage.Parent(1, OTHER), new Heritage.Parent(0, FITTER));
    assertThat(heirs.heritage(child(List.of(1, 0))).ports())
        .extracting(Inheritance::parent)
        .containsExactly(0, 0);
    assertThat(heirs.heritage(child(List.of(2))).parents()).isEmpty();

    // of a generation that was interrupted
    job(6, CHILD, nothing()).run(HADOOP);
    Population second = population(3, FITTER, TRAINED_FOR_FITTER, FITTER);
    heirs.scored(second, List.of(fitter, fitter, fitter));
    heirs.removeOld();
    assertThat(run.folders("search/weights")).containsExactly("genome-00000", "genome-00006");
    assertThat(heirs.heritage(child(List.of(4))).parents())
        .containsExactly(new Heritage.Parent(0, FITTER));

    Fitness third = job(8, CHILD, nothing()).run(HADOOP);
    Population last = population(6, OTHER, FITTER, CHILD);
    List<Fitness> scores = List.of(other, fitter, third);
    heirs.scored(last, scores);
    heirs.removeOld();
    Heirs recalled = new Heirs(run);
    recalled.recall(List.of(first, second, last), List.of(fitter, other, failed, third));
    for (Heirs one : List.of(heirs, recalled)) {
      assertThat(one.heritage(child(List.of(6, 7))).parents())
          .containsExactly(new Heritage.Parent(0, FITTER));
    }
  }

  @Test
  void aScoreThatIsGoneIsNamed() {
    assertThatThrownBy(
            () -> new Heirs(run).recall(List.of(population(0, FITTER, OTHER, CHILD)), List.of()))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("/search/fitness/genome-00000.json: is missing");
  }

  private static Individual child(List<Integer> parents) {
    return new Individual(99, CHILD, Origin.CROSSOVER, parents);
  }

  private static Population population(int firstId, Genome... genomes) {
    List<Individual> individuals = new ArrayList<>();
    for (Genome genome : genomes) {
      individuals.add(
          new Individual(firstId + individuals.size(), genome, Origin.FIRST, List.of()));
    }
    return new Population(0, individuals, List.of(), new InnovationTable(List.of()), List.of());
  }
}
