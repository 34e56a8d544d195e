package dev.fletch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. The map in CONTRIBUTING.md says the same for people. */
class ArchitectureTest {
  private static final String ROOT = "dev.fletch";

  private static final Set<String> WORKER =
      Set.of(
          "settings",
          "genotype",
          "data",
          "engine",
          "nn",
          "supernet",
          "network",
          "bilevel",
          "replica",
          "bench");

  /** Package -> the packages of ours that it may know. The root package wires all and knows all. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("settings", Set.of()),
          Map.entry("genotype", Set.of("settings")),
          Map.entry("data", Set.of("settings")),
          Map.entry("engine", Set.of("settings")),
          Map.entry("nn", Set.of("settings", "data", "engine")),
          Map.entry("supernet", Set.of("settings", "data", "genotype", "engine", "nn")),
          Map.entry("network", Set.of("settings", "data", "genotype", "engine", "nn")),
          Map.entry("bilevel", Set.of("settings", "data", "engine", "nn")),
          Map.entry("method", Set.of("settings", "data", "genotype", "nn", "supernet", "bilevel")),
          Map.entry("replica", WORKER),
          Map.entry("bench", WORKER),
          Map.entry("runfolder", Set.of("settings", "genotype")),
          Map.entry("search", with(WORKER, "runfolder", "method")),
          Map.entry("retrain", with(WORKER, "runfolder", "search")),
          Map.entry("config", with(WORKER, "method", "search", "retrain")),
          Map.entry("report", with(WORKER, "runfolder", "search", "retrain")),
          Map.entry("cluster", with(WORKER, "search", "retrain")));

  /** Library -> the packages of ours that may use it. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "org.apache.spark..", List.of("cluster"),
          "scala..", List.of("cluster"),
          "org.nd4j..",
              List.of(
                  "bilevel", "engine", "nn", "supernet", "network", "replica", "bench", "cluster"),
          "org.deeplearning4j..", List.of("network", "cluster"),
          "com.typesafe.config..", List.of("config", "report"),
          "picocli..", List.of(),
          "org.apache.parquet..", List.of("report"),
          "org.apache.commons.math3..", List.of("report"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static Set<String> with(Set<String> packages, String... more) {
    return Stream.concat(packages.stream(), Stream.of(more)).collect(toCollection(TreeSet::new));
  }

  private static Stream<String> packages() {
    return CLASSES.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(ROOT + "."))
        .map(name -> name.substring(ROOT.length() + 1))
        .map(name -> name.replaceAll("\\..*", ""))
        .distinct()
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyWhatItMay(String name) {
    assertThat(ARROWS).as("packages with a row of arrows").containsKey(name);
    String[] unknown =
        Stream.concat(ARROWS.keySet().stream(), Stream.of(""))
            .filter(other -> !other.equals(name) && !ARROWS.get(name).contains(other))
            .map(other -> other.isEmpty() ? ROOT : ROOT + "." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(unknown)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryIsUsedOnlyWhereItMay(String library) {
    Set<String> users = Set.copyOf(LIBRARIES.get(library));
    String[] strangers =
        ARROWS.keySet().stream()
            .filter(name -> !users.contains(name))
            .map(name -> ROOT + "." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(strangers)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  private static Stream<String> libraries() {
    return LIBRARIES.keySet().stream().sorted();
  }

  @Test
  void genotypesNeedOnlyTheJdkAndJackson() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".genotype..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "com.fasterxml.jackson..", ROOT + ".genotype..", ROOT + ".settings..")
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageSaysWhatItIs(String name) {
    assertThat(
            CLASSES.stream()
                .filter(type -> type.getPackageName().equals(ROOT + "." + name))
                .map(JavaClass::getSimpleName))
        .as("package-info.java of %s.%s", ROOT, name)
        .contains("package-info");
  }
}
