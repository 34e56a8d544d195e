package dev.fletch.architecture;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The families on the class path; read once. */
final class KnownOperations {
  static final Map<Operation, OperationFamily> FAMILIES = families();
  static final List<Operation> ALL = FAMILIES.keySet().stream().sorted(order()).toList();

  private KnownOperations() {}

  private static Map<Operation, OperationFamily> families() {
    Map<Operation, OperationFamily> families = new LinkedHashMap<>();
    // a thread's own loader may not see this library, as in an executor
    ClassLoader loader = OperationFamily.class.getClassLoader();
    for (OperationFamily family : ServiceLoader.load(OperationFamily.class, loader)) {
      for (Operation operation : family.operations()) {
        OperationFamily other = families.put(operation, family);
        if (!operation.isNone()) {
          families.put(operation.multiplied(), family);
        }
        if (other != null) {
          throw new IllegalStateException(
              "Operation %s belongs to %s and to %s: a name must belong to one"
                  .formatted(operation, other.getClass().getName(), family.getClass().getName()));
        }
      }
    }
    return families;
  }

  /** Its place in a list; behind all of them if it is not there. */
  private static int place(Operation operation, List<Operation> list) {
    return list.contains(operation) ? list.indexOf(operation) : list.size();
  }

  private static Comparator<Operation> order() {
    return Comparator.comparing(Operation::aggregation)
        .thenComparing(Operation::isActivated)
        .thenComparingInt(o -> place(o.alone(), Operation.DARTS))
        .thenComparingInt(o -> place(o.alone(), Operation.STRUCTURES))
        .thenComparing(Operation::text);
  }
}
