package dev.fletch.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * The kernels as {@code deploy/cuda-compile} compiled them: machine code for some generations of
 * cards, and PTX, which drivers compile for all others. The file {@code kernels.properties} beside
 * them says which there are and what they were compiled from.
 */
final class KernelImages {
  static final String MANIFEST = "kernels.properties";

  private static final String IMAGES = "images";
  private static final String SOURCE = "source.";
  private static final String MACHINE_CODE = "sm_";
  private static final String PTX = "compute_";

  private final Properties manifest;
  private final Function<String, InputStream> files;

  /**
   * @param files opens a file by its name; null if there is none
   */
  KernelImages(Function<String, InputStream> files) {
    this.files = files;
    this.manifest = new Properties();
    try (InputStream in = files.apply(MANIFEST)) {
      if (in == null) {
        throw new DriverException(
            "This build of Fletch has no kernels for cards: run deploy/cuda-compile and build it"
                + " again");
      }
      manifest.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KernelImages ofThisLibrary() {
    return new KernelImages(KernelImages.class::getResourceAsStream);
  }

  /** The SHA-256 of each file that they were compiled from, by its name. */
  Map<String, String> sources() {
    return manifest.stringPropertyNames().stream()
        .filter(key -> key.startsWith(SOURCE))
        .collect(Collectors.toMap(key -> key.substring(SOURCE.length()), manifest::getProperty));
  }

  /**
   * Those that a card can run, best first.
   *
   * @param capability its compute capability, 90 for 9.0
   */
  List<Image> fitting(int capability) {
    List<Image> fitting = new ArrayList<>();
    best(MACHINE_CODE, capability, capability / 10 * 10).ifPresent(fitting::add);
    best(PTX, capability, 0).ifPresent(fitting::add);
    if (fitting.isEmpty()) {
      throw new DriverException(
          "No kernels for a card of compute capability %d.%d: there are %s"
              .formatted(capability / 10, capability % 10, String.join(", ", names())));
    }
    return fitting;
  }

  private Optional<Image> best(String prefix, int most, int least) {
    return names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> Integer.parseInt(name.substring(prefix.length())))
        .filter(of -> of >= least && of <= most)
        .max(Integer::compare)
        .map(of -> read(prefix + of));
  }

  private List<String> names() {
    return Arrays.asList(manifest.getProperty(IMAGES, "").trim().split("\\s+"));
  }

  private Image read(String name) {
    String file = name + (name.startsWith(PTX) ? ".ptx.gz" : ".cubin.gz");
    try (InputStream in = files.apply(file)) {
      if (in == null) {
        throw new DriverException("The kernels " + file + " are missing beside " + MANIFEST);
      }
      byte[] bytes = new GZIPInputStream(in).readAllBytes();
      // Drivers read PTX up to a 0.
      return new Image(name, name.startsWith(PTX) ? Arrays.copyOf(bytes, bytes.length + 1) : bytes);
    } catch (IOException e) {
      throw new DriverException("The kernels " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** All kernels, for one kind of card. */
  record Image(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }
}
