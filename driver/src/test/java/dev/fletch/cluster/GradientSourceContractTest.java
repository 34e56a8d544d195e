package dev.fletch.cluster;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.fletch.gradient.GradientSource;
import dev.fletch.replica.LocalGradientSource;
import java.util.HashSet;
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
}
