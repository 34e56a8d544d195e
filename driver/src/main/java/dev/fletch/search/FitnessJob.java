package dev.fletch.search;

import dev.fletch.architecture.Genome;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Score;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.Networks;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightStep;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.TrainingVectors;
import dev.fletch.task.Task;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The short training that scores one genome, with all it needs to run in any process that sees the
 * data, and the run folder if weights are inherited: they are all that it reads and writes there.
 *
 * @param id of the genome
 * @param seed of the run: of first weights, of order and augmentation
 * @param heritage of weights
 */
public record FitnessJob(
    int id,
    Genome genome,
    FitnessSettings settings,
    DataSettings data,
    long seed,
    Heritage heritage)
    implements Serializable {
  private static final float[] NO_MIXING = {};

  /**
   * Trains and scores. To be called on the thread and in the process whose cores, or GPU, the
   * training shall use.
   *
   * @return one that failed where running it again would fail again; what may pass is thrown
   */
  public Fitness run(Configuration hadoop) {
    try {
      ExampleSource examples = DataSet.open(data, settings.augmentation(), seed, hadoop);
      Task task = Task.of(examples);
      settings.computing().bind();
      ArchitectureNetwork network =
          Networks.of(
              genome,
              settings.network(),
              examples.input(),
              task,
              settings.batch(),
              settings.threads());
      long parameters = network.publishedSize();
      try (GradientSource source =
          new LocalGradientSource(network, examples, 1, settings.batch(), seed)) {
        TrainingState begun = TrainingVectors.initial(source, settings.weights(), seed);
        heritage.begin(network, begun, hadoop);
        try (TrainingState state = begun.at(source.place())) {
          Fitness fitness = train(source, state, task.metric(), parameters);
          heritage.leave(this, network, state, hadoop);
          return fitness;
        }
      }
    } catch (DivergedException | IllegalArgumentException e) {
      return Fitness.failed(this, String.valueOf(e.getMessage()));
    }
  }

  private Fitness train(
      GradientSource source, TrainingState state, Metric metric, long parameters) {
    long start = System.nanoTime();
    int epochs = settings.network().epochs();
    long images = 0;
    Score train = null;
    for (int epoch = 0; epoch < epochs; epoch++) {
      train = train(source, state, epoch);
      images += train.examples();
    }
    Score validation =
        source.evaluate(Portion.ALPHA, state.weights(), NO_MIXING, state.statistics());
    if (!Double.isFinite(validation.loss())) {
      int last = source.steps(Portion.WEIGHTS, epochs - 1) - 1;
      throw new DivergedException(new StepId(epochs - 1, last), 0, validation.loss());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Fitness(
        id,
        genome,
        metric.of(train),
        train.loss(),
        metric.of(validation),
        validation.loss(),
        parameters,
        images,
        seconds,
        "");
  }

  private Score train(GradientSource source, TrainingState state, int epoch) {
    double rate = settings.weightsRate().at(epoch, settings.network().epochs());
    WeightStep step = new WeightStep(source, Portion.WEIGHTS, settings.gradientClip());
    return step.epoch(state, epoch, rate, () -> {});
  }
}
