package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Which gradients are set by the first step that touches them, and which are added to zeros. */
class BackwardScheduleTest {
  private static final int VALUES = 6;

  private final List<String> setters = new ArrayList<>();
  private final PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 2);
  private final double[] gradient = new double[VALUES];

  /** target = source; its backward sets the gradient where it is told to. */
  private final class Copy implements Step {
    private final String name;
    private final Slot source;
    private final Slot target;

    private Copy(String name, Slot source, Slot target) {
      this.name = name;
      this.source = source;
      this.target = target;
    }

    @Override
    public boolean canSetGradient() {
      return true;
    }

    @Override
    public void forward(Pass pass) {
      target.value().zero();
      builder.kernels().addScaled(source.value(), 1, target.value());
    }

    @Override
    public void backward(Pass pass) {
      double[] sum = values(target.gradient());
      if (pass.setsGradient()) {
        setters.add(name);
      } else {
        double[] before = values(source.gradient());
        Arrays.setAll(sum, i -> sum[i] + before[i]);
      }
      source.gradient().write(sum);
    }
  }

  /** loss = sum of all values. */
  private record End(Slot slot) implements Step {
    @Override
    public void forward(Pass pass) {
      // the loss itself is not needed
    }

    @Override
    public void backward(Pass pass) {
      double[] ones = new double[VALUES];
      Arrays.fill(ones, 1);
      slot.gradient().write(ones);
    }
  }

  /** Takes the gradient of the start to where it can be seen. */
  private record Start(Slot slot, double[] gradient) implements Step {
    @Override
    public void forward(Pass pass) {
      slot.value().zero();
    }

    @Override
    public void backward(Pass pass) {
      slot.gradient().read(gradient);
    }
  }

  private static double[] values(Matrix matrix) {
    double[] values = new double[VALUES];
    matrix.read(values);
    return values;
  }

  private Slot slot() {
    return builder.slot(2, 1, 1, 3);
  }

  private Slot start() {
    Slot start = slot();
    builder.add(new Start(start, gradient), List.of(), List.of(start));
    return start;
  }

  private void addCopy(String name, Slot source) {
    Slot target = slot();
    builder.add(new Copy(name, source, target), List.of(source), List.of(target));
    builder.add(new End(target), List.of(target), List.of());
  }

  private void run(double... mixing) {
    try (Plan plan = builder.build()) {
      for (int i = 0; i < mixing.length; i++) {
        plan.pass().mixing().array()[i] = mixing[i];
      }
      for (int run = 0; run < 2; run++) {
        setters.clear();
        plan.forward(true);
        plan.backward(true);
      }
    }
  }

  @Test
  void theLastReaderSetsAndTheOthersAdd() {
    Slot start = start();
    addCopy("first", start);
    addCopy("second", start);
    addCopy("third", start);
    run();
    assertThat(setters).containsExactly("third");
    assertThat(gradient).containsOnly(3);
  }

  @Test
  void whereTheLastReaderMayBeLeftOutAllAdd() {
    builder.sampled();
    Slot start = start();
    addCopy("always", start);
    builder.guarded(
        Guard.of(0),
        () -> {
          addCopy("sometimes", start);
          return start;
        });
    run(0, 1);
    assertThat(setters).isEmpty();
    assertThat(gradient).containsOnly(1);
  }

  @Test
  void whatIsLeftOutTogetherWithItsInputSets() {
    builder.sampled();
    Slot start = start();
    addCopy("always", start);
    builder.guarded(
        Guard.of(1),
        () -> {
          Slot middle = slot();
          builder.add(new Copy("into", start, middle), List.of(start), List.of(middle));
          addCopy("out of", middle);
          return middle;
        });
    run(0, 1);
    assertThat(setters).containsExactly("out of");
    assertThat(gradient).containsOnly(2);
  }

  @Test
  void aReaderOfAPartAdds() {
    Slot start = start();
    Slot part = start.channels(1, 1);
    Slot target = builder.slot(1, 1, 1, 3);
    builder.add(new Part(part, target), List.of(part), List.of(target));
    run();
    assertThat(gradient).containsExactly(0, 0, 0, 1, 1, 1);
  }

  /** Adds 1 to the gradient of a part of a slot. */
  private record Part(Slot source, Slot target) implements Step {
    @Override
    public boolean canSetGradient() {
      return true;
    }

    @Override
    public void forward(Pass pass) {
      target.value().zero();
    }

    @Override
    public void backward(Pass pass) {
      assertThat(pass.setsGradient()).isFalse();
      double[] gradient = new double[VALUES / 2];
      source.gradient().read(gradient);
      Arrays.setAll(gradient, i -> gradient[i] + 1);
      source.gradient().write(gradient);
    }
  }
}
