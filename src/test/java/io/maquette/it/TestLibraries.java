package io.maquette.it;

import java.io.File;
import java.net.URISyntaxException;
import java.util.Arrays;

/** The JARs that test classes inside the server need beside them. */
final class TestLibraries {

  private TestLibraries() {}

  /** The JARs these classes come from. */
  static File[] of(Class<?>... classes) {
    return Arrays.stream(classes)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(
            location -> {
              try {
                return new File(location.toURI());
              } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
              }
            })
        .toArray(File[]::new);
  }
}
