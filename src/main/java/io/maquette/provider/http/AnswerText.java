package io.maquette.provider.http;

import io.maquette.json.InvalidJsonException;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Description of an answer that is not the expected JSON object. */
final class AnswerText {

  private static final Pattern TITLE =
      Pattern.compile(
          "<(title|h1)\\b[^>]*>(.{1,300}?)</\\1", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private AnswerText() {}

  /** Returns whether the bytes contain only white space and byte order marks. */
  static boolean isBlank(byte[] head) {
    return text(head).isEmpty();
  }

  /** Returns the characters without zero bytes, byte order marks and surrounding space. */
  static String text(byte[] head) {
    return new String(head, StandardCharsets.UTF_8).replaceAll("[\0\uFEFF\uFFFD]", "").strip();
  }

  /** Returns the encoding in a content type; null if it is missing or unknown. */
  static Charset declaredCharset(MediaType type) {
    String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    try {
      return name == null ? null : Charset.forName(name.replace("\"", "").strip());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  /**
   * Describes an answer.
   *
   * @param head its first bytes
   * @param invalid the error in its JSON; null if unknown
   */
  static String describe(byte[] head, InvalidJsonException invalid) {
    String text = text(head);
    if (text.startsWith("<")) {
      return "the answer is XML, not JSON";
    }
    if (text.startsWith("data:") || text.startsWith("event:")) {
      return "the answer is an event stream, not JSON";
    }
    if (invalid != null && (text.startsWith("{") || text.startsWith("["))) {
      return "the answer cannot be read: " + invalid.getMessage();
    }
    if (text.startsWith("{")) {
      return "the answer cannot be read: it is not well-formed JSON";
    }
    return "the answer is not a JSON object";
  }

  /** Returns whether a content type is HTML; false for null. */
  static boolean isHtml(MediaType type) {
    return type != null
        && (MediaType.TEXT_HTML_TYPE.isCompatible(type)
            || MediaType.APPLICATION_XHTML_XML_TYPE.isCompatible(type))
        && !type.isWildcardType();
  }

  /** Returns whether a text is an HTML page. */
  static boolean isHtml(String text) {
    String start = text.substring(0, Math.min(1000, text.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html")
        || (start.startsWith("<") && start.contains("<html"))
        || start.startsWith("<head")
        || start.startsWith("<body");
  }

  /** Returns the title of a page, or its first heading; null if it has none. */
  static String title(String html) {
    Matcher title = TITLE.matcher(html);
    if (!title.find()) {
      return null;
    }
    String words = withoutTags(title.group(2));
    return words.isEmpty() ? null : words.substring(0, Math.min(100, words.length()));
  }

  /** Returns the text of a page without its tags. */
  static String withoutTags(String html) {
    return html.replaceAll("(?is)<(script|style)\\b.*?(</\\1>|$)", " ")
        .replaceAll("<[^>]*>?", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
