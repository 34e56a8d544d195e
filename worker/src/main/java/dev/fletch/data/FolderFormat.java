package dev.fletch.data;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Images that ImageIO reads in a folder per class, below {@code train} and {@code val} or {@code
 * test}. Their colours are those that are stored, as Pillow's {@code convert("RGB")} has them;
 * colour profiles and the orientation in EXIF are ignored.
 */
public record FolderFormat() implements ImageFormat {
  /** Of ImageNet, as in quark0/darts, {@code cnn/train_imagenet.py}. */
  private static final Normalisation IMAGENET =
      new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  @Override
  public String text() {
    return "folder";
  }

  @Override
  public DataFiles locate(DataSettings settings, Configuration hadoop) {
    return ClassFolders.locate(settings, hadoop);
  }

  @Override
  public ImageReader reader(DataSettings settings) {
    return new FolderReader(settings.resize());
  }

  @Override
  public Normalisation normalisation(ImageSet train) {
    return IMAGENET;
  }

  @Override
  public Optional<String> filesRefusal(List<String> files) {
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of("must be empty for folder, whose images are found below path, got " + files);
  }

  @Override
  public Optional<String> resizeRefusal(int resize) {
    return resize != 0
        ? Optional.empty()
        : Optional.of(
            "must be the side that the images of a folder are brought to, for example 256, got 0");
  }
}
