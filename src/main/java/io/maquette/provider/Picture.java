package io.maquette.provider;

import java.util.Objects;

/**
 * Picture in its file format.
 *
 * @param content the whole file
 * @param mediaType its actual media type, e.g. {@code image/png}
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record Picture(byte[] content, String mediaType) {
  public Picture {
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(mediaType, "mediaType");
  }
}
