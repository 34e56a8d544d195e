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

/** Who may know whom. The map of the packages in ARCHITECTURE.md says it for people. */
class ArchitectureTest {
  private static final String ROOT = "dev.fletch";

  private static final Set<String> WORKER =
      Set.of(
          "settings",
          "architecture",
          "data",
          "data.text",
          "cuda",
          "engine",
          "engine.recurrent",
          "nn",
          "nn.operation",
          "nn.recurrent",
          "supernet",
          "network",
          "network.dl4j",
          "gradient",
          "task",
          "optimizer",
          "bilevel",
          "method",
          "evolution",
          "replica");

  /** What carries out a run, without the commands. */
  private static final Set<String> RUN_PARTS =
      with(WORKER, "runfolder", "search", "retrain", "config", "report", "report.model", "cluster");

  /**
   * Package, at most two segments deep, to the packages of ours that it may know. The root package
   * puts the commands together and knows all.
   */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("settings", Set.of()),
          Map.entry("architecture", Set.of("settings")),
          Map.entry("data", Set.of("settings", "data.text")),
          Map.entry("data.text", Set.of("settings")),
          Map.entry("cuda", Set.of()),
          Map.entry("engine", Set.of("settings", "cuda")),
          Map.entry("engine.recurrent", Set.of("engine")),
          Map.entry("nn", Set.of("settings", "data", "architecture", "engine")),
          Map.entry("nn.operation", Set.of("architecture", "engine", "nn")),
          Map.entry(
              "nn.recurrent",
              Set.of("settings", "data", "architecture", "engine", "engine.recurrent", "nn")),
          Map.entry(
              "supernet",
              Set.of(
                  "settings",
                  "data",
                  "architecture",
                  "engine",
                  "engine.recurrent",
                  "nn",
                  "nn.operation",
                  "nn.recurrent",
                  "task")),
          Map.entry(
              "network",
              Set.of(
                  "settings",
                  "data",
                  "architecture",
                  "engine",
                  "engine.recurrent",
                  "nn",
                  "nn.operation",
                  "nn.recurrent",
                  "task")),
          Map.entry(
              "network.dl4j",
              Set.of("data", "architecture", "engine", "nn", "nn.operation", "task", "network")),
          Map.entry("gradient", Set.of("settings", "data", "engine", "nn")),
          Map.entry("task", Set.of("data", "engine", "nn", "gradient")),
          Map.entry("optimizer", Set.of("settings", "data", "engine", "nn", "gradient")),
          Map.entry("bilevel", Set.of("settings", "data", "engine", "nn", "gradient", "optimizer")),
          Map.entry(
              "method",
              Set.of(
                  "settings",
                  "data",
                  "architecture",
                  "nn",
                  "supernet",
                  "gradient",
                  "optimizer",
                  "bilevel")),
          Map.entry("evolution", Set.of("settings", "data", "architecture")),
          Map.entry("replica", WORKER),
          Map.entry("runfolder", Set.of("settings", "architecture", "gradient", "optimizer")),
          Map.entry("search", with(WORKER, "runfolder")),
          Map.entry("retrain", with(WORKER, "runfolder", "search")),
          Map.entry("config", with(WORKER, "search", "retrain")),
          Map.entry(
              "report.model", Set.of("architecture", "evolution", "gradient", "search", "retrain")),
          Map.entry(
              "report.draw", Set.of("architecture", "evolution", "nn.operation", "report.model")),
          Map.entry(
              "report.table",
              Set.of(
                  "architecture",
                  "evolution",
                  "gradient",
                  "runfolder",
                  "search",
                  "retrain",
                  "report.model")),
          Map.entry(
              "report.page",
              Set.of(
                  "architecture",
                  "evolution",
                  "gradient",
                  "search",
                  "retrain",
                  "report.model",
                  "report.draw")),
          Map.entry(
              "report",
              Set.of(
                  "runfolder", "search", "retrain", "report.model", "report.table", "report.page")),
          Map.entry("cluster", with(WORKER, "search", "retrain", "cluster.peers")),
          Map.entry("cluster.peers", Set.of("settings", "replica")),
          Map.entry(
              "cli.progress", Set.of("settings", "architecture", "gradient", "search", "retrain")),
          Map.entry("run", with(RUN_PARTS, "cli.progress")),
          Map.entry("bench", with(RUN_PARTS, "run")),
          Map.entry("cli", with(RUN_PARTS, "run", "cli.progress")),
          Map.entry("export", with(RUN_PARTS, "run", "cli", "cli.progress")));

  /** Library to the packages of ours that may use it. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "org.apache.spark..", List.of("cluster"),
          "scala..", List.of("cluster"),
          "io.netty..", List.of("cluster.peers"),
          "jcuda..", List.of("cuda"),
          "org.nd4j..",
              List.of(
                  "optimizer",
                  "engine",
                  "nn",
                  "supernet",
                  "network",
                  "network.dl4j",
                  "replica",
                  "bench",
                  "cluster"),
          "org.deeplearning4j..", List.of("network.dl4j", "cluster", "export"),
          "com.typesafe.config..", List.of("config"),
          "picocli..", List.of("cli", "bench", "export"),
          "org.apache.parquet..", List.of("report.table"),
          "org.apache.commons.math3..", List.of("retrain", "report.model", "bench", "cluster"));

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
        .map(name -> name.replaceAll("^(\\w+\\.\\w+)\\..*", "$1"))
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
            .map(other -> other.isEmpty() ? ROOT : ROOT + "." + other)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
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
            .map(name -> ROOT + "." + name)
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
  void architecturesNeedOnlyTheJdkAndJackson() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".architecture..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "com.fasterxml.jackson..", ROOT + ".architecture..", ROOT + ".settings..")
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
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
