package dev.fletch;

import dev.fletch.architecture.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Run folders as runs leave them, written by hand, for a report over several. */
abstract class ComparedRuns {
  @TempDir Path folder;

  /** A run that has not been begun by a manifest. */
  final void run(String name, String data, String candidates) throws IOException {
    configured(
        name,
        """
        data { format = idx, path = "%s" }
        search { epochs = 1 }
        retrain { candidates = %s, seeds = [0, 1] }
        """
            .formatted(data, candidates.replace("\\", "")));
  }

  final void configured(String name, String sections) throws IOException {
    write(
        name + "/config.conf",
        "fletch { name = %s, output = elsewhere\n%s}\n".formatted(name, sections));
  }

  /** With what the checksum of the run's examples is. */
  final void manifest(String name, String checksum) throws IOException {
    write(
        name + "/manifest.json",
        """
        {"formatVersion":1,"command":"fletch run a.conf","started":"2026-01-02T03:04:05Z",\
        "seeds":[0],"dataChecksums":{"examples":"%s"},"environment":{}}
        """
            .formatted(checksum));
  }

  final void candidate(String run, String id, int epoch, Architecture architecture)
      throws IOException {
    write(
        run + "/retrain/" + id + "/candidate.json",
        "{\"formatVersion\":1,\"id\":\"%s\",\"origins\":[{\"label\":\"%s\",\"epoch\":%s,\"lambda\":null}],\"genotype\":%s}"
            .formatted(id, id, epoch < 0 ? "null" : epoch, architecture.json()));
  }

  final void trained(String run, String id, int seed, double accuracy) throws IOException {
    write(
        run + "/retrain/" + id + "/seed-" + seed + "/result.json",
        """
        {"formatVersion":1,"candidate":"%s","seed":%d,"status":"done","settings":"d1",\
        "failure":null,"testAccuracy":%s,"testLoss":0.5,"parameters":777,"seconds":12,"epochs":2}
        """
            .formatted(id, seed, accuracy));
  }

  final void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
