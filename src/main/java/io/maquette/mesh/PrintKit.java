package io.maquette.mesh;

import io.maquette.mesh.edit.EditException;
import io.maquette.mesh.edit.EditMesh;
import io.maquette.mesh.edit.EditedGlbWriter;
import io.maquette.mesh.edit.PrintModel;
import io.maquette.mesh.edit.PrintOptions;
import io.maquette.mesh.edit.ProgressListener;
import io.maquette.storage.DerivedFiles;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Service that changes stored models for a print and stores the results next to them. */
@ApplicationScoped
public class PrintKit {

  /** Shares of the progress at the end of the reading and of the changes. */
  private static final double READ = 0.1;

  private static final double CHANGED = 0.9;

  private final SecureRandom random = new SecureRandom();
  private FileStore store;
  private IntactFiles intact;

  /** For CDI. */
  protected PrintKit() {}

  @Inject
  public PrintKit(FileStore store, IntactFiles intact) {
    this.store = store;
    this.intact = intact;
  }

  /**
   * Changes a model and stores the result as a GLB file. Each call stores under a new key, so that
   * the deletion of an earlier result never removes a later one.
   *
   * @param model key of its GLB file, which stays as it is
   * @param size of that file, in bytes
   * @param listener receives the progress on this thread
   * @throws InvalidModelFileException with the reason if the model cannot be read
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   * @throws EditException if the model does not suit the options
   * @throws InterruptedException if the thread is interrupted during the work
   */
  public StoredFile change(String model, long size, PrintOptions options, ProgressListener listener)
      throws IOException, EditException, InterruptedException {
    EditMesh mesh = editable(read(model, size));
    listener.report(READ);
    mesh =
        PrintModel.run(mesh, options, share -> listener.report(READ + (CHANGED - READ) * share))
            .mesh();
    Path file = Files.createTempFile("maquette-", ".glb");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        EditedGlbWriter.write(mesh, out);
      }
      try (InputStream content = Files.newInputStream(file)) {
        return DerivedFiles.put(store, model, newVariant(), FileType.GLB, content);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private String newVariant() {
    byte[] number = new byte[8];
    random.nextBytes(number);
    return "p" + HexFormat.of().formatHex(number);
  }

  private Surface read(String model, long size) throws IOException {
    try (InputStream glb = intact.open(model, size, 0)) {
      return GlbReader.read(glb);
    }
  }

  /** Returns the points and triangles of a surface; each triangle gets one colour. */
  static EditMesh editable(Surface surface) {
    float[] positions = new float[3 * surface.pointCount()];
    for (int corner = 0; corner < surface.cornerCount(); corner++) {
      System.arraycopy(surface.positions(), 3 * corner, positions, 3 * surface.point()[corner], 3);
    }
    int[] corners = new int[surface.corners().length];
    for (int at = 0; at < corners.length; at++) {
      corners[at] = surface.point()[surface.corners()[at]];
    }
    int[] colours = new int[surface.faceCount()];
    int face = 0;
    for (Surface.Part part : surface.parts()) {
      for (; face < part.end(); face++) {
        colours[face] = FaceColours.colour(surface, part.material(), face);
      }
    }
    return new EditMesh(positions, corners, colours);
  }
}
