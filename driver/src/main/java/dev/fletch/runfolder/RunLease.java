package dev.fletch.runfolder;

import dev.fletch.settings.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a run folder, which one process at a time has. It is renewed every {@link
 * #RENEWAL} and given back by {@link #close}, also when the process is told to end.
 *
 * <p>A killed process leaves its lease behind. Where it ran on this machine, the next start sees
 * that it is gone and takes the lease over at once; otherwise as soon as it was not renewed for
 * {@link #ABANDONED}. A process that merely stood still for so long finds the lease taken over when
 * it wakes: {@link #folder} then refuses to write. On HDFS a name node that does not answer only
 * delays the renewal, since nobody else can look at the lease meanwhile either; a client that is
 * cut off alone for longer than {@link #ABANDONED} is taken for dead. File systems that create
 * files without looking (object stores) may hand the lease to two for up to {@link #RENEWAL}.
 */
public final class RunLease implements AutoCloseable {
  /** Time between two signs of life. */
  static final Duration RENEWAL = Duration.ofSeconds(10);

  /** Without a sign of life for so long a lease is free. */
  static final Duration ABANDONED = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(RunLease.class);

  /** After Spark's own hook (50), before Hadoop closes its file systems (10). */
  private static final int HOOK_PRIORITY = 20;

  private static final int TRIES = 3;

  private final RunFolder folder;
  private final LeaseFile file;
  private final Holder holder;
  private final Duration abandoned;
  private final ScheduledExecutorService heart;
  private final Runnable hook = this::release;
  private boolean isReleased;

  private RunLease(RunFolder folder, Holder holder, Duration renewal, Duration abandoned) {
    this.folder = folder;
    this.file = folder.lease();
    this.holder = holder;
    this.abandoned = abandoned;
    this.heart = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("run-lease"));
    acquire();
    folder.writeAs(holder.id());
    ScheduledFuture<?> unused = // beats until the heart is shut down; says itself what fails
        heart.scheduleWithFixedDelay(
            this::beat, renewal.toMillis(), renewal.toMillis(), TimeUnit.MILLISECONDS);
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
  }

  /**
   * Makes a new, empty folder for this process.
   *
   * @param command as typed, for whoever finds the folder in use
   * @throws RunFolderRefusedException if there is anything at {@code path} already
   * @throws RunFolderException if the file system cannot be reached or written to
   */
  public static RunLease create(String path, Configuration hadoop, String command) {
    RunLease lease = of(RunFolder.create(path, hadoop), command, RENEWAL, ABANDONED);
    if (lease.folder.exists(RunFolder.CONFIG)) {
      lease.close();
      // another start was faster from looking to the lease
      new RunPlace(path, hadoop).requireUnused();
    }
    return lease;
  }

  /**
   * Takes the folder of an earlier run to go on with, and clears away temporary files that a killed
   * process left there.
   *
   * @param command as typed, for whoever finds the folder in use
   * @throws RunFolderRefusedException if there is no run at {@code path}, or another process is
   *     writing to it
   */
  public static RunLease resume(String path, Configuration hadoop, String command) {
    RunLease lease = of(RunFolder.open(path, hadoop), command, RENEWAL, ABANDONED);
    lease.folder.clearTemporary();
    return lease;
  }

  /**
   * @param renewal time between two signs of life
   * @param abandoned without one for so long a lease is free
   */
  static RunLease of(RunFolder folder, String command, Duration renewal, Duration abandoned) {
    return new RunLease(folder, Holder.here(command), renewal, abandoned);
  }

  /** The folder; writing to it fails once another process has taken it over. */
  public RunFolder folder() {
    return folder;
  }

  private void acquire() {
    try {
      for (int i = 0; i < TRIES; i++) {
        if (file.create(holder) && isMine()) {
          return;
        }
        removeIfAbandoned();
      }
    } catch (IOException e) {
      throw folder.failed("cannot take", LeaseFile.NAME, e);
    }
    throw refused("another process takes it over at this moment", false);
  }

  private boolean isMine() throws IOException {
    return file.read().filter(now -> now.id().equals(holder.id())).isPresent();
  }

  /** Returns if the lease is free now, or may be. */
  private void removeIfAbandoned() throws IOException {
    Optional<Holder> other;
    try {
      other = file.read();
    } catch (LeaseFile.UnreadableException e) {
      if (isSilent()) {
        file.remove(null);
        return;
      }
      throw refused("a process that has just begun writes to it", true);
    }
    if (other.isPresent()) {
      if (!other.get().isGone() && !isSilent()) {
        throw refused(other.get().description() + " writes to it", !other.get().isInSight());
      }
      file.remove(other.get().id());
    }
  }

  private boolean isSilent() throws IOException {
    return file.age().map(age -> age.compareTo(abandoned) >= 0).orElse(true);
  }

  private RunFolderRefusedException refused(String who, boolean mayBeGone) {
    return new RunFolderRefusedException(
        "run folder %s: %s: wait until it has ended, stop it, or choose another output%s"
            .formatted(
                folder.path(),
                who,
                mayBeGone
                    ? " (if it is gone, the folder is free %d s after its last sign of life)"
                        .formatted(abandoned.toSeconds())
                    : ""));
  }

  private void beat() {
    try {
      Optional<Holder> now = file.read();
      if (now.isPresent() && now.get().id().equals(holder.id())) {
        file.renew(holder);
      } else {
        LOG.warn(RunFolder.takenOver(folder.path(), now));
        heart.shutdown();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("run folder {}: cannot renew {}: {}", folder.path(), LeaseFile.NAME, e.toString());
    }
  }

  /** Gives the lease back; what is written to the folder afterwards is refused. */
  @Override
  public void close() {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.removeShutdownHook(hook);
    }
    release();
  }

  private synchronized void release() {
    if (isReleased) {
      return;
    }
    isReleased = true;
    heart.shutdown();
    try {
      // a renewal under way would bring the file back
      if (!heart.awaitTermination(RENEWAL.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("run folder {}: {} is still being renewed", folder.path(), LeaseFile.NAME);
      }
      file.remove(holder.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn(
          "run folder {}: cannot give back {}: {}", folder.path(), LeaseFile.NAME, e.toString());
    }
  }
}
