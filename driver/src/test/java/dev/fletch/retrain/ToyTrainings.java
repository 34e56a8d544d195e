package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.fail;

import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Metrics;
import dev.fletch.gradient.Score;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.toy.ForwardingSource;
import dev.fletch.toy.ToyMemory;
import dev.fletch.toy.ToyStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a network that remembers, whose validation losses are told beforehand. */
abstract class ToyTrainings {
  static final String FOLDER = "retrain/last/seed-5";
  private static final int ROWS = 5;

  @TempDir Path temporary;

  /** Notes what it is asked, and answers evaluations of what is held out from a list. */
  static class Told extends ForwardingSource {
    final List<GradientRequest> requests = new ArrayList<>();
    final List<float[]> points = new ArrayList<>();
    final List<float[]> evaluated = new ArrayList<>();
    private final List<Double> losses;

    /**
     * @param losses of the epochs to come, one after the other
     */
    Told(List<Double> losses) {
      super(new LocalGradientSource(new ToyMemory(ROWS, 0), new ToyStream(60), 1, ROWS, 5));
      this.losses = new ArrayList<>(losses);
    }

    @Override
    public List<Gradients> gradients(
        GradientRequest request, List<Floats> weights, float[] mixing) {
      requests.add(request);
      points.add(weights.get(0).toFloats());
      return super.gradients(request, weights, mixing);
    }

    @Override
    public List<Score> evaluate(
        Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
      evaluated.add(weights.toFloats());
      return portion == Portion.VALIDATION
          ? List.of(new Score(losses.remove(0), 0.5, 1))
          : super.evaluate(portion, chunks, weights, mixings, statistics);
    }
  }

  RunFolder create(String name) {
    RunFolder run = RunFolder.create(temporary.resolve(name).toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  static CandidateJob job(RunFolder run, OptimizerSettings weights, int retries) {
    RetrainSettings usual = ToyJobs.settings(List.of(5L));
    RetrainSettings settings =
        new RetrainSettings(
            usual.candidates(),
            usual.seeds(),
            usual.fanOut(),
            usual.network(),
            ROWS,
            usual.computing(),
            weights,
            usual.weightsRate(),
            usual.gradientClip(),
            usual.augmentation(),
            new Protocol(Protocol.Testing.HELD_OUT, 0.25),
            retries,
            EpochStart.CARRIED);
    return new CandidateJob(
        "last",
        ToyJobs.FIRST,
        5,
        ToyJobs.EPOCHS,
        settings,
        ToyJobs.data(),
        run.path(),
        ResultKeys.of(Map.of("retrain.batch", "5")));
  }

  static TrainingResult train(RunFolder run, CandidateJob job, GradientSource source) {
    Outcome outcome =
        new CandidateTraining(job, source, run, ToyJobs.cost(source), Metrics.PERPLEXITY, List.of())
            .run();
    return ((Outcome.Trained) outcome).result();
  }

  static Checkpoint newest(RunFolder run) {
    return new CheckpointFolder(run, FOLDER + "/checkpoint", 2).newest(w -> fail(w)).orElseThrow();
  }

  static List<TrainingEpoch> curve(RunFolder run) {
    return TrainingEpoch.read(run, "last", 5);
  }
}
