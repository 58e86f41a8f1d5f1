package io.maquette.task.web;

import io.maquette.http.BoundedStream;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.picture.ReencodedPicture;
import io.maquette.storage.SpooledContent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload.FileUploadBase;
import org.apache.commons.fileupload.MultipartStream;

/**
 * Strict reader of a multipart request with a picture and a prompt. It refuses unknown or repeated
 * parts, bodies that are too large, and bodies that arrive too slowly.
 */
@Provider
@Consumes(MediaType.MULTIPART_FORM_DATA)
public class PictureUploadReader implements MessageBodyReader<PictureUpload> {

  private static final Logger LOG = Logger.getLogger(PictureUploadReader.class.getName());

  private static final String PICTURE = "picture";
  private static final String PROMPT = "prompt";
  private static final Set<String> KNOWN = Set.of(PICTURE, PROMPT);

  /** Maximum size of everything except the picture, in bytes. */
  private static final int MAX_REST = 64 << 10;

  private static final int MAX_BYTES = ReencodedPicture.MAX_BYTES + MAX_REST;

  /** Maximum time for the whole body, because reading it occupies a thread. */
  private static final Duration MAX_TIME = Duration.ofSeconds(60);

  private static final int BUFFER = 8 << 10;
  private static final Pattern NAME =
      Pattern.compile("(?i)content-disposition:\\s*form-data;.*?\\bname=\"([^\"]{1,100})\".*");

  private static final class BoundException extends IOException {
    private static final long serialVersionUID = 1L;

    BoundException(String message) {
      super(message);
    }
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == PictureUpload.class;
  }

  @Override
  public PictureUpload readFrom(
      Class<PictureUpload> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    try {
      String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
      if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > MAX_BYTES) {
        // checked first, because a server may cut off a body that it does not read
        throw tooLarge();
      }
      PictureUpload upload = null;
      Map<String, SpooledContent> parts = new HashMap<>();
      try {
        readParts(body, mediaType.getParameters().get("boundary"), parts);
        upload = uploadOf(parts);
        return upload;
      } finally {
        for (SpooledContent part : parts.values()) {
          if (upload == null || part != upload.picture()) {
            part.close();
          }
        }
      }
    } catch (ProblemException e) {
      // a reader may throw others, but only this type is certain to reach an exception mapper
      // unchanged
      throw new WebApplicationException(e, e.problem().toResponse().build());
    }
  }

  private static PictureUpload uploadOf(Map<String, SpooledContent> parts) throws IOException {
    SpooledContent picture = parts.get(PICTURE);
    if (picture == null) {
      throw ProblemException.ofField(PICTURE, "invalid.picture");
    }
    if (picture.length() == 0) {
      throw ProblemException.ofField(PICTURE, "invalid.picture.empty");
    }
    if (picture.length() > ReencodedPicture.MAX_BYTES) {
      throw tooLarge();
    }
    SpooledContent prompt = parts.get(PROMPT);
    return new PictureUpload(picture, prompt == null ? null : textOf(prompt));
  }

  private static String textOf(SpooledContent prompt) throws IOException {
    if (prompt.length() > MAX_REST) {
      throw tooLarge();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(prompt.bytes())).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.ofField(PROMPT, "invalid.utf8");
    }
  }

  private static void readParts(
      InputStream body, String boundary, Map<String, SpooledContent> parts) throws IOException {
    if (boundary == null || boundary.isEmpty()) {
      throw ProblemException.ofField("body", "invalid.parts");
    }
    BoundedStream bounded =
        new BoundedStream(body, "the body", MAX_BYTES, MAX_TIME, BoundException::new);
    try {
      MultipartStream stream =
          new MultipartStream(
              bounded, boundary.getBytes(StandardCharsets.ISO_8859_1), BUFFER, null);
      stream.setHeaderEncoding(StandardCharsets.UTF_8.name());
      for (boolean more = stream.skipPreamble(); more; more = stream.readBoundary()) {
        String name = nameOf(stream.readHeaders());
        if (!KNOWN.contains(name)) {
          throw ProblemException.ofField(name, "invalid.unknown");
        }
        if (parts.containsKey(name)) {
          throw ProblemException.ofField(name, "invalid.twice");
        }
        parts.put(name, new SpooledContent());
        stream.readBodyData(parts.get(name));
      }
    } catch (BoundException e) {
      if (e.getMessage().contains("larger")) {
        throw tooLarge();
      }
      throw ProblemException.ofField("body", "invalid.slow-picture");
    } catch (UncheckedIOException e) {
      LOG.log(
          Level.WARNING,
          "An upload could not be written to the folder of temporary files"
              + " (system property java.io.tmpdir)",
          e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    } catch (MultipartStream.MalformedStreamException
        | FileUploadBase.FileUploadIOException
        | IllegalArgumentException e) {
      throw ProblemException.ofField("body", "invalid.parts");
    } catch (IOException e) { // only the client's connection is read here
      throw ProblemException.ofField("body", "invalid.cut");
    }
  }

  private static String nameOf(String headers) {
    for (String line : headers.split("\r\n", -1)) {
      Matcher name = NAME.matcher(line);
      if (name.matches()) {
        return name.group(1);
      }
    }
    throw ProblemException.ofField("body", "invalid.parts");
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(
            ProblemCode.PAYLOAD_TOO_LARGE,
            Messages.ofRequest().get("problem.picture-too-large", ReencodedPicture.MAX_BYTES >> 20),
            null));
  }
}
