package dev.fletch.runfolder;

/**
 * The folder is reachable but must not be used as asked: already in use, no run in it, or other
 * settings than before.
 */
public final class RunFolderRefusedException extends RunFolderException {
  private static final long serialVersionUID = 1L;

  public RunFolderRefusedException(String message) {
    super(message);
  }
}
