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

/** Stored files for answers; a lost one becomes a problem that says what happens next. */
@ApplicationScoped
public class ReadableFiles {

  private IntactFiles intact;
  private LostFiles lost;

  /**
   * What a client learns about a lost file.
   *
   * @param file {@code IMAGE}, {@code MODEL} or {@code PREVIEW}
   * @param imageIndex which picture; null unless it is one
   * @param fault what is wrong with the file
   * @param next what happens next, or what the user can do
   * @param allowedActions what the user may do with the task now
   */
  public record LostDetails(
      String file,
      Integer imageIndex,
      FileFault fault,
      FileRemedy next,
      List<TaskAction> allowedActions) {}

  /** For CDI. */
  protected ReadableFiles() {}

  @Inject
  ReadableFiles(IntactFiles intact, LostFiles lost) {
    this.intact = intact;
    this.lost = lost;
  }

  /** The content of an answer; nothing is sent of a file that is lost. */
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
   * Makes sure that a file which the store itself gives out is there in its size.
   *
   * @throws ProblemException if it is lost, as far as can be told without reading it
   */
  public void glance(String key, long size, Set<TaskAction> allowed) throws IOException {
    try {
      intact.glance(key, size);
    } catch (LostFileException e) {
      throw problem(e, allowed);
    }
  }

  /** Notes a lost file, and says so. */
  public ProblemException problem(LostFileException failure, Set<TaskAction> allowed) {
    return lost.note(failure)
        .map(file -> problem(file, failure.fault(), allowed))
        .orElseGet(() -> new ProblemException(ProblemCode.NOT_FOUND)); // the task has let go of it
  }

  private static ProblemException problem(LostFile file, FileFault fault, Set<TaskAction> allowed) {
    Messages texts = Messages.ofRequest();
    String kind = kindOf(file);
    String next = "lost.next." + file.remedy();
    if (file.remedy() == FileRemedy.DRAW_AGAIN && allowed.contains(TaskAction.RETRY_IMAGES)) {
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
    if (file.remedy() == FileRemedy.FETCH_AGAIN) {
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
