import java.io.DataInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A program that knows DL4J only: prints the probabilities of given examples, one a line. */
public final class Predict {
  public static void main(String[] arguments) throws Exception {
    ComputationGraph model = ComputationGraph.load(new File(arguments[0]), false);
    INDArray probabilities = model.outputSingle(examples(Path.of(arguments[1])));
    for (float probability : probabilities.dup('c').data().asFloat()) {
      System.out.println(probability);
    }
  }

  /** A file of the number of sizes, the sizes, and then the values. */
  private static INDArray examples(Path file) throws Exception {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long[] sizes = new long[in.readInt()];
      int count = 1;
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = in.readInt();
        count *= (int) sizes[i];
      }
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = in.readFloat();
      }
      return Nd4j.create(values, sizes, 'c');
    }
  }
}
