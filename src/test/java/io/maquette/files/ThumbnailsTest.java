package io.maquette.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.picture.ReencodedPicture;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test of the small versions of pictures. */
class ThumbnailsTest {

  @TempDir private Path folder;
  private FileStore store;
  private Thumbnails thumbnails;

  @BeforeEach
  void openStore() throws IOException {
    store = new DiskStore(folder);
    thumbnails = new Thumbnails(new IntactFiles(store));
  }

  private StoredFile stored(FileType type, byte[] content) throws IOException {
    return store.put("task", type, new ByteArrayInputStream(content));
  }

  /** Creates a PNG file of noise, which does not compress. */
  private static byte[] png(int width, int height, int type, long seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    SplittableRandom random = new SplittableRandom(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ImageIO.write(image, "png", content);
    return content.toByteArray();
  }

  private static byte[] opaque(int width, int height) throws IOException {
    return png(width, height, BufferedImage.TYPE_INT_RGB, 1);
  }

  private ReencodedPicture of(StoredFile file, Thumbnails.Size size) throws IOException {
    return thumbnails.of(file.key(), file.size(), size).orElseThrow();
  }

  private static BufferedImage decoded(ReencodedPicture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.content()));
  }

  @Test
  void the_longer_side_has_the_size_and_the_shape_stays() throws IOException {
    ReencodedPicture small = of(stored(FileType.PNG, opaque(1024, 512)), Thumbnails.Size.SMALL);
    assertThat(small.type()).isEqualTo(FileType.JPEG);
    assertThat(decoded(small).getWidth()).isEqualTo(320);
    assertThat(decoded(small).getHeight()).isEqualTo(160);
  }

  @Test
  void a_small_picture_keeps_its_size() throws IOException {
    BufferedImage small =
        decoded(of(stored(FileType.PNG, opaque(100, 50)), Thumbnails.Size.MEDIUM));
    assertThat(small.getWidth()).isEqualTo(100);
  }

  @Test
  void a_transparent_picture_stays_transparent() throws IOException {
    ReencodedPicture small =
        of(
            stored(FileType.PNG, png(400, 400, BufferedImage.TYPE_INT_ARGB, 1)),
            Thumbnails.Size.SMALL);
    assertThat(small.type()).isEqualTo(FileType.PNG);
    assertThat(decoded(small).getColorModel().hasAlpha()).isTrue();
  }

  @Test
  void a_thumbnail_is_made_once() throws IOException {
    StoredFile file = stored(FileType.PNG, opaque(400, 400));
    ReencodedPicture first = of(file, Thumbnails.Size.SMALL);
    assertThat(of(file, Thumbnails.Size.SMALL)).isSameAs(first);
    assertThat(of(file, Thumbnails.Size.MEDIUM)).isNotSameAs(first);
  }

  @Test
  void the_least_recently_used_thumbnails_are_dropped() throws IOException {
    StoredFile first = stored(FileType.PNG, png(320, 320, BufferedImage.TYPE_INT_ARGB, 0));
    ReencodedPicture thumbnail = of(first, Thumbnails.Size.SMALL);
    int more = Thumbnails.MAX_CACHED / thumbnail.content().length + 1;
    for (int i = 1; i <= more; i++) {
      of(
          stored(FileType.PNG, png(320, 320, BufferedImage.TYPE_INT_ARGB, i)),
          Thumbnails.Size.SMALL);
    }
    assertThat(of(first, Thumbnails.Size.SMALL)).isNotSameAs(thumbnail);
  }

  @Test
  void a_picture_that_cannot_be_decoded_has_none() throws IOException {
    StoredFile file = stored(FileType.PNG, "not a picture".getBytes(StandardCharsets.US_ASCII));
    assertThat(thumbnails.of(file.key(), file.size(), Thumbnails.Size.SMALL)).isEmpty();
  }

  @Test
  void a_lost_picture_is_reported() throws IOException {
    StoredFile file = stored(FileType.PNG, opaque(400, 400));
    store.delete(file.key());
    assertThatThrownBy(() -> of(file, Thumbnails.Size.SMALL)).isInstanceOf(LostFileException.class);
  }
}
