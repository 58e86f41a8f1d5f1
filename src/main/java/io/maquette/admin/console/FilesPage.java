package io.maquette.admin.console;

import io.maquette.files.FileRow;
import io.maquette.files.LostFile;
import io.maquette.files.LostFileRows;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of lost files and what happens next with each. */
@Named
@RequestScoped
public class FilesPage {

  @Inject private LostFileRows lost;
  @Inject private ConsoleTexts text;

  private List<LostFile> rows;

  /** Returns the lost files, earliest found first. */
  public List<LostFile> getRows() {
    if (rows == null) {
      rows = lost.list();
    }
    return rows;
  }

  /** Returns the file's name within its task; pictures count from 1, as on the user's page. */
  public String nameOf(LostFile file) {
    return switch (file.place()) {
      case FileRow.MODEL -> text.of("console.files.MODEL");
      case FileRow.PREVIEW -> text.of("console.files.PREVIEW");
      default -> text.with("console.files.IMAGE", file.place() + 1);
    };
  }
}
