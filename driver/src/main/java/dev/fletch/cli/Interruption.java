package dev.fletch.cli;

import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * What is said when the process is told to end by SIGTERM or from the keyboard, until {@link
 * #forget}. After that the libraries keep quiet, since all they could report is that their work was
 * cut off.
 *
 * <p>Nothing has to be saved here: a run may be killed at any time.
 */
final class Interruption {
  /** Spark stops at 40 and Hadoop closes its file systems at 10; higher comes earlier. */
  private static final int BEFORE_SPARK = 100;

  private final Runnable hook;

  Interruption(Runnable say) {
    hook =
        () -> {
          say.run();
          Configurator.setAllLevels("", Level.OFF);
          // what Spark's threads throw from here on only says that Spark is being stopped
          Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
        };
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
  }

  void forget() {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.removeShutdownHook(hook);
    }
  }
}
