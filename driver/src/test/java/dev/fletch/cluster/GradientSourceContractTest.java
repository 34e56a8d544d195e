package dev.fletch.cluster;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.fletch.gradient.GradientSource;
import dev.fletch.replica.Dealing;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.replica.PeerGradientSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GradientSourceContractTest {
  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    cluster = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everySourceIsHeldToTheContract() throws ReflectiveOperationException {
    Set<String> missing =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.fletch")
                .stream()
                .filter(found -> found.isAssignableTo(GradientSource.class))
                .filter(found -> !found.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(toSet());
    assertThat(missing).contains(LocalGradientSource.class.getName());
    missing.removeAll(held());
    assertThat(missing)
        .as(
            "held to no contract: give each a nested class in %s that extends %s",
            getClass().getName(), GradientSourceContract.class.getSimpleName())
        .isEmpty();
  }

  private Set<String> held() throws ReflectiveOperationException {
    Set<String> held = new HashSet<>();
    for (Class<?> nested : getClass().getDeclaredClasses()) {
      if (GradientSourceContract.class.isAssignableFrom(nested)) {
        Object contract = nested.getDeclaredConstructor(getClass()).newInstance(this);
        held.add(((GradientSourceContract) contract).type().getName());
      }
    }
    return held;
  }

  @Nested
  class OfOneProcess extends GradientSourceContract {
    @Override
    GradientSource open(ToyReplicas of, int replicas, int batch) {
      return of.local(replicas, batch);
    }

    @Override
    Class<? extends GradientSource> type() {
      return LocalGradientSource.class;
    }
  }

  @Nested
  class OfSpark extends GradientSourceContract {
    @Override
    GradientSource open(ToyReplicas of, int replicas, int batch) {
      return cluster.gradients("contract", of, replicas, batch, LocalSpark.SEED);
    }

    @Override
    Class<? extends GradientSource> type() {
      return SparkGradientSource.class;
    }
  }

  @Nested
  class OfPeers extends GradientSourceContract {
    @Override
    GradientSource open(ToyReplicas of, int replicas, int batch) {
      return new PeersInThreads(of, Dealing.even(replicas, Math.min(replicas, 3)), batch);
    }

    @Override
    Class<? extends GradientSource> type() {
      return PeerGradientSource.class;
    }

    @Override
    Class<? extends GradientSource> opened() {
      return PeersInThreads.class;
    }

    /** Neighbours apart, and one task with most. */
    @Test
    void theDealingDoesNotMatter() {
      ToyTraining expected;
      try (GradientSource local = new ToyReplicas(37).local(5, LocalSpark.BATCH)) {
        expected = ToyTraining.run(local, 5);
      }
      for (List<List<Integer>> dealt :
          List.of(
              List.of(List.of(1, 3), List.of(0, 2, 4)),
              List.of(List.of(4), List.of(0, 1, 2, 3)),
              List.of(List.of(2), List.of(0), List.of(4), List.of(1), List.of(3)))) {
        try (GradientSource source =
            new PeersInThreads(new ToyReplicas(37), new Dealing(dealt), LocalSpark.BATCH)) {
          ToyTraining.run(source, 5).assertSameBitsAs(expected);
        }
      }
    }
  }

  @Nested
  class OfExecutors extends GradientSourceContract {
    @Override
    GradientSource open(ToyReplicas of, int replicas, int batch) {
      return cluster.gradients(
          "contract",
          of,
          replicas,
          batch,
          LocalSpark.SEED,
          new ExchangeSettings(ExchangeSettings.Where.EXECUTORS, 60));
    }

    @Override
    Class<? extends GradientSource> type() {
      return ExecutorsGradientSource.class;
    }
  }
}
