package dev.fletch;

import dev.fletch.data.ExampleSource;
import dev.fletch.gradient.GradientSource;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.JobRunner;
import dev.fletch.retrain.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Trainings in this thread, one after the other, with all their replicas; no Spark. */
final class LocalJobs implements JobRunner {
  @Override
  public List<Outcome> runAll(List<CandidateJob> jobs, int parallel, Consumer<Outcome> ended) {
    return jobs.stream().map(LocalJobs::run).peek(ended).toList();
  }

  private static Outcome run(CandidateJob job) {
    Configuration hadoop = new Configuration();
    ExampleSource examples = job.examples(hadoop);
    int replicas = job.settings().fanOut().replicas();
    int batch = job.settings().batch();
    try (GradientSource source =
        new LocalGradientSource(job.network(examples), examples, replicas, batch, job.seed())) {
      return job.run(source, hadoop);
    }
  }
}
