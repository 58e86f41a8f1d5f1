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

/** What can be said of an answer that is not the JSON object it should be. */
final class AnswerText {

  private static final Pattern TITLE =
      Pattern.compile(
          "<(title|h1)\\b[^>]*>(.{1,300}?)</\\1", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private AnswerText() {}

  /** Whether there is nothing but white space and byte order marks. */
  static boolean isBlank(byte[] head) {
    return text(head).isEmpty();
  }

  /** The characters of a head, without zero bytes, byte order marks and space around it. */
  static String text(byte[] head) {
    return new String(head, StandardCharsets.UTF_8).replaceAll("[\0\uFEFF\uFFFD]", "").strip();
  }

  /** The encoding that a content type names; null if it names none or one that is unknown. */
  static Charset declaredCharset(MediaType type) {
    String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    try {
      return name == null ? null : Charset.forName(name.replace("\"", "").strip());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  /**
   * Says what an answer is.
   *
   * @param head its first bytes
   * @param invalid what is wrong with its JSON; null where that is not known
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

  /** Whether a content type is that of a page for people; null is none. */
  static boolean isHtml(MediaType type) {
    return type != null
        && (MediaType.TEXT_HTML_TYPE.isCompatible(type)
            || MediaType.APPLICATION_XHTML_XML_TYPE.isCompatible(type))
        && !type.isWildcardType();
  }

  /** Whether a text is a page for people. */
  static boolean isHtml(String text) {
    String start = text.substring(0, Math.min(1000, text.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html")
        || (start.startsWith("<") && start.contains("<html"))
        || start.startsWith("<head")
        || start.startsWith("<body");
  }

  /** The title of a page, or its first heading; null if it has none. */
  static String title(String html) {
    Matcher title = TITLE.matcher(html);
    if (!title.find()) {
      return null;
    }
    String words = withoutTags(title.group(2));
    return words.isEmpty() ? null : words.substring(0, Math.min(100, words.length()));
  }

  /** The words of a page. */
  static String withoutTags(String html) {
    return html.replaceAll("(?is)<(script|style)\\b.*?(</\\1>|$)", " ")
        .replaceAll("<[^>]*>?", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
