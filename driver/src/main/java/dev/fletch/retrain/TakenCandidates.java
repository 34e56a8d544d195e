package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.CandidateLabel.Elsewhere;
import dev.fletch.retrain.HeldCandidates.Named;
import dev.fletch.retrain.Taken.FoundIn;
import dev.fletch.runfolder.RunFolderException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/**
 * What labels of other runs and of files stand for in a run: what it has taken by them before, else
 * what is there now.
 */
public final class TakenCandidates {
  private final HeldCandidates held;
  private final Configuration hadoop;
  private final Finder finder;

  /**
   * @param hadoop how other runs and files are reached
   * @param finder asked about what is taken for the first time
   */
  public TakenCandidates(HeldCandidates held, Configuration hadoop, Finder finder) {
    this.held = held;
    this.hadoop = hadoop;
    this.finder = finder;
  }

  /** For those who want to know the structures only. */
  public TakenCandidates(HeldCandidates held, Configuration hadoop) {
    this(held, hadoop, (label, genotype) -> Optional.empty());
  }

  /** Says in which run a structure was found. */
  @FunctionalInterface
  public interface Finder {
    /**
     * @return empty if that cannot be read
     */
    Optional<FoundIn> find(Elsewhere label, Architecture genotype);
  }

  /**
   * The candidate that a label stands for.
   *
   * @throws dev.fletch.runfolder.RunFolderException as {@link ForeignCandidates#read}, if it has
   *     not been taken before
   */
  public Candidate read(Elsewhere label) {
    return held.taken(label, ForeignCandidates.id(label), hadoop)
        .map(known -> candidate(known.genotype(), known.origin()))
        .orElseGet(() -> ForeignCandidates.read(label, hadoop));
  }

  /**
   * The same, to be trained: with where it is from, and a name that means no other network.
   *
   * @param text the label as the configuration has it
   * @param isTaken whether another candidate has a name
   * @param say takes a line where the other run or file is not any more what it was
   */
  Candidate take(String text, Elsewhere label, Predicate<String> isTaken, Consumer<String> say) {
    String older = ForeignCandidates.free(ForeignCandidates.id(label), isTaken);
    Optional<Named> known = held.taken(label, older, hadoop);
    if (known.isPresent()) {
      sayChanged(text, label, known.get(), say);
      return candidate(known.get().genotype(), origin(text, label, known.get()));
    }
    Candidate found = ForeignCandidates.read(label, hadoop, say);
    String id =
        ForeignCandidates.free(found.id(), name -> isTaken.test(name) || held.isTaken(name));
    return candidate(found.genotype(), origin(id, text, label, found.genotype()));
  }

  private Origin origin(String text, Elsewhere label, Named known) {
    Optional<Taken> before = known.origin().taken();
    return before.flatMap(Taken::found).isEmpty()
        ? origin(known.origin().label(), text, label, known.genotype())
        : known.origin().with(new Taken(text, before.get().begun(), before.get().found()));
  }

  private Origin origin(String id, String text, Elsewhere label, Architecture genotype) {
    return Origin.elsewhere(id)
        .with(new Taken(text, HeldCandidates.begun(label, hadoop), finder.find(label, genotype)));
  }

  private void sayChanged(String text, Elsewhere label, Named known, Consumer<String> say) {
    String file = CandidateFile.name(known.folder());
    try {
      Architecture now = ForeignCandidates.read(label, hadoop).genotype();
      if (!now.describesSameNetworkAs(known.genotype())) {
        say.accept(
            "candidate %s: means another structure by now; this run keeps what it has taken, in %s: to train the other one too, give it by its own name"
                .formatted(text, file));
      }
    } catch (RunFolderException e) {
      say.accept(
          "candidate %s: cannot be read any more, and this run goes on with what it has taken, in %s (%s)"
              .formatted(text, file, e.getMessage()));
    }
  }

  private static Candidate candidate(Architecture genotype, Origin origin) {
    return new Candidate(origin.label(), List.of(origin), genotype);
  }
}
