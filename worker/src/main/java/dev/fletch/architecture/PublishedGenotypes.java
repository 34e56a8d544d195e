package dev.fletch.architecture;

import dev.fletch.settings.Nearest;
import java.util.Arrays;
import java.util.List;

/**
 * Genotypes that papers of the DARTS family published for CIFAR-10, four nodes each. Every constant
 * names the repository that lists it.
 */
public enum PublishedGenotypes {
  /** First order. quark0/darts, {@code cnn/genotypes.py}. */
  DARTS_V1(
      "DARTS_V1",
      "sep_conv_3x3:1,sep_conv_3x3:0|skip_connect:0,sep_conv_3x3:1|"
          + "skip_connect:0,sep_conv_3x3:1|sep_conv_3x3:0,skip_connect:2",
      "max_pool_3x3:0,max_pool_3x3:1|skip_connect:2,max_pool_3x3:0|"
          + "max_pool_3x3:0,skip_connect:2|skip_connect:2,avg_pool_3x3:0"),
  /** Second order. quark0/darts, {@code cnn/genotypes.py}. */
  DARTS_V2(
      "DARTS_V2",
      "sep_conv_3x3:0,sep_conv_3x3:1|sep_conv_3x3:0,sep_conv_3x3:1|"
          + "sep_conv_3x3:1,skip_connect:0|skip_connect:0,dil_conv_3x3:2",
      "max_pool_3x3:0,max_pool_3x3:1|skip_connect:2,max_pool_3x3:1|"
          + "max_pool_3x3:0,skip_connect:2|skip_connect:2,max_pool_3x3:1"),
  /** yuhuixu1993/PC-DARTS, {@code genotypes.py}. */
  PC_DARTS_CIFAR(
      "PC_DARTS_cifar",
      "sep_conv_3x3:1,skip_connect:0|sep_conv_3x3:0,dil_conv_3x3:1|"
          + "sep_conv_5x5:0,sep_conv_3x3:1|avg_pool_3x3:0,dil_conv_3x3:1",
      "sep_conv_5x5:1,max_pool_3x3:0|sep_conv_5x5:1,sep_conv_5x5:2|"
          + "sep_conv_3x3:0,sep_conv_3x3:3|sep_conv_3x3:1,sep_conv_3x3:2"),
  /** chenxin061/pdarts, {@code genotypes.py}. */
  PDARTS(
      "PDARTS",
      "skip_connect:0,dil_conv_3x3:1|skip_connect:0,sep_conv_3x3:1|"
          + "sep_conv_3x3:1,sep_conv_3x3:3|sep_conv_3x3:0,dil_conv_5x5:4",
      "avg_pool_3x3:0,sep_conv_5x5:1|sep_conv_3x3:0,dil_conv_5x5:2|"
          + "max_pool_3x3:0,dil_conv_3x3:1|dil_conv_3x3:1,dil_conv_5x5:3"),
  /** {@code c10_s5_random} in xiangning-chen/SmoothDARTS, {@code sota/cnn/genotypes.py}. */
  SDARTS_RS(
      "SDARTS_RS",
      "sep_conv_3x3:1,sep_conv_3x3:0|sep_conv_5x5:1,skip_connect:0|"
          + "sep_conv_3x3:3,skip_connect:1|sep_conv_3x3:1,dil_conv_3x3:2",
      "max_pool_3x3:0,sep_conv_3x3:1|skip_connect:2,max_pool_3x3:0|"
          + "dil_conv_5x5:3,max_pool_3x3:0|sep_conv_3x3:2,sep_conv_5x5:3"),
  /** {@code c10_s5_pgd} in xiangning-chen/SmoothDARTS, {@code sota/cnn/genotypes.py}. */
  SDARTS_ADV(
      "SDARTS_ADV",
      "sep_conv_3x3:0,sep_conv_3x3:1|sep_conv_3x3:1,skip_connect:0|"
          + "sep_conv_5x5:0,dil_conv_3x3:3|dil_conv_3x3:4,skip_connect:0",
      "max_pool_3x3:0,sep_conv_5x5:1|skip_connect:2,max_pool_3x3:0|"
          + "skip_connect:3,skip_connect:2|skip_connect:2,sep_conv_5x5:4"),
  /** {@code cifar10_s0_best} in Meituan-AutoML/DARTS-, {@code src/eval/genotypes.py}. */
  DARTS_MINUS(
      "DARTS_MINUS",
      "sep_conv_3x3:0,sep_conv_5x5:1|sep_conv_3x3:1,dil_conv_3x3:2|"
          + "skip_connect:1,sep_conv_3x3:0|skip_connect:1,sep_conv_3x3:0",
      "sep_conv_3x3:0,max_pool_3x3:1|skip_connect:2,max_pool_3x3:0|"
          + "skip_connect:2,skip_connect:3|skip_connect:2,skip_connect:3"),
  /** D-X-Y/AutoDL-Projects. */
  GDAS_V1(
      "GDAS_V1",
      "skip_connect:0,skip_connect:1|skip_connect:0,sep_conv_5x5:2|"
          + "sep_conv_3x3:3,skip_connect:0|sep_conv_5x5:4,sep_conv_3x3:3",
      "sep_conv_5x5:0,sep_conv_3x3:1|sep_conv_5x5:2,sep_conv_5x5:1|"
          + "dil_conv_5x5:2,sep_conv_3x3:1|sep_conv_5x5:0,sep_conv_5x5:2"),
  /** As listed in xiaomi-automl/FairDARTS, {@code fairdarts/genotypes.py}. */
  SNAS(
      "SNAS",
      "sep_conv_3x3:0,sep_conv_3x3:1|skip_connect:0,dil_conv_3x3:1|"
          + "skip_connect:1,skip_connect:0|skip_connect:0,sep_conv_3x3:1",
      "max_pool_3x3:0,max_pool_3x3:1|max_pool_3x3:1,skip_connect:2|"
          + "skip_connect:2,max_pool_3x3:1|max_pool_3x3:0,dil_conv_5x5:2");

  private final String text;
  private final CellPair genotype;

  PublishedGenotypes(String text, String normal, String reduction) {
    this.text = text;
    this.genotype = new CellPair(CellGenotype.parse(normal), CellGenotype.parse(reduction));
  }

  /**
   * The genotype of that name, for example {@code DARTS_V2} or {@code PC_DARTS_cifar}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static CellPair find(String name) {
    return Arrays.stream(values())
        .filter(p -> p.text.equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name))
        .genotype;
  }

  /** All names, in the order of this list. */
  public static List<String> names() {
    return Arrays.stream(values()).map(PublishedGenotypes::text).toList();
  }

  public String text() {
    return text;
  }

  public CellPair genotype() {
    return genotype;
  }

  private static IllegalArgumentException unknown(String name) {
    String suggestion = Nearest.to(name, names()).map(n -> "; did you mean " + n + "?").orElse("");
    return new IllegalArgumentException(
        "Unknown genotype '%s': the published ones are %s%s"
            .formatted(name, String.join(", ", names()), suggestion));
  }
}
