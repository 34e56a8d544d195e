import java.io.DataInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A program that knows DL4J only: prints the probabilities of given images, one a line. */
public final class Predict {
  public static void main(String[] arguments) throws Exception {
    ComputationGraph model = ComputationGraph.load(new File(arguments[0]), false);
    INDArray probabilities = model.outputSingle(images(Path.of(arguments[1])));
    for (float probability : probabilities.dup('c').data().asFloat()) {
      System.out.println(probability);
    }
  }

  /** A file of four sizes N, C, H, W and then the values. */
  private static INDArray images(Path file) throws Exception {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      int[] sizes = {in.readInt(), in.readInt(), in.readInt(), in.readInt()};
      float[] values = new float[sizes[0] * sizes[1] * sizes[2] * sizes[3]];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
      return Nd4j.create(values, sizes, 'c');
    }
  }
}
