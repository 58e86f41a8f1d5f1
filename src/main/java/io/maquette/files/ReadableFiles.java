package io.maquette.files;

import io.maquette.http.FileAnswer;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.storage.FileFault;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.task.TaskAction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Access to stored files for responses; a lost file becomes a problem response with the next step.
 */
@ApplicationScoped
public class ReadableFiles {

  private IntactFiles intact;
  private LostFiles lost;

  /**
   * Details of a lost file for clients.
   *
   * @param file {@code IMAGE}, {@code MODEL} or {@code PREVIEW}
   * @param imageIndex index of the picture; null if the file is not a picture
   * @param fault what is wrong with the file
   * @param next what happens next, or what the user can do
   * @param allowedActions actions that the user may take on the task now
   */
  public record LostDetails(
      String file,
      Integer imageIndex,
      FileFault fault,
      LostFile.Remedy next,
      List<TaskAction> allowedActions) {}

  /** For CDI. */
  protected ReadableFiles() {}

  @Inject
  ReadableFiles(IntactFiles intact, LostFiles lost) {
    this.intact = intact;
    this.lost = lost;
  }

  /** Returns the content of a response; if the file is lost, nothing of it is sent. */
  public FileAnswer.Content content(String key, long size, Set<TaskAction> allowed) {
    return offset -> {
      try {
        return intact.open(key, size, offset);
      } catch (LostFileException e) {
        throw problem(e, allowed);
      }
    };
  }

  /**
   * Checks that a file exists with its size, before the store itself serves it.
   *
   * @throws ProblemException if the file is lost, as far as the check shows without reading it
   */
  public void glance(String key, long size, Set<TaskAction> allowed) throws IOException {
    try {
      intact.glance(key, size);
    } catch (LostFileException e) {
      throw problem(e, allowed);
    }
  }

  /** Records a lost file and returns its problem response. */
  public ProblemException problem(LostFileException failure, Set<TaskAction> allowed) {
    return lost.note(failure)
        .map(file -> problem(file, failure.fault(), allowed))
        // the task has dropped the file
        .orElseGet(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private static ProblemException problem(LostFile file, FileFault fault, Set<TaskAction> allowed) {
    Messages texts = Messages.ofRequest();
    String kind = kindOf(file);
    String next = "lost.next." + file.remedy();
    if (file.remedy() == LostFile.Remedy.DRAW_AGAIN && allowed.contains(TaskAction.RETRY_IMAGES)) {
      next += ".retry";
    }
    String text = texts.get("lost." + fault, texts.get("lost.file." + kind)) + texts.get(next);
    LostDetails details =
        new LostDetails(
            kind,
            file.place() < FileRow.MODEL ? file.place() : null,
            fault,
            file.remedy(),
            List.copyOf(allowed));
    return new ProblemException(Problem.of(codeOf(file, fault), text, details));
  }

  private static ProblemCode codeOf(LostFile file, FileFault fault) {
    if (file.remedy() == LostFile.Remedy.FETCH_AGAIN) {
      return ProblemCode.FILE_BEING_RESTORED;
    }
    return fault == FileFault.MISSING ? ProblemCode.FILE_MISSING : ProblemCode.FILE_DAMAGED;
  }

  private static String kindOf(LostFile file) {
    return switch (file.place()) {
      case FileRow.MODEL -> "MODEL";
      case FileRow.PREVIEW -> "PREVIEW";
      default -> "IMAGE";
    };
  }
}
