package io.maquette.batch;

import io.maquette.json.GuardedJson;
import io.maquette.option.ImageOptions;
import io.maquette.task.Prompt;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Prompt file in UTF-8 with one prompt per line, as CSV or JSON Lines. CSV (RFC 4180) has the
 * column names in its first line, one of them {@code prompt}. A line of JSON Lines is an object
 * with a member {@code prompt}. Columns and members with the names of {@link ImageOptions} are
 * options of the pictures. Other columns and members and empty lines are ignored. Each line is
 * parsed separately, so that a wrong line does not affect the next. Therefore no value can contain
 * a line break, which a prompt never has.
 */
public final class PromptFile {

  /** Maximum size in bytes. */
  public static final int MAX_BYTES = 8 << 20;

  /** Maximum number of lines. */
  public static final int MAX_LINES = 100_000;

  private static final String PROMPT = "prompt";
  private static final Set<String> NAMES =
      Stream.concat(Stream.of(PROMPT), LineOptions.NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Format of a file. */
  public enum Format {
    CSV,
    JSON_LINES
  }

  private record Line(long number, ByteBuffer content) {}

  /**
   * Parsed line.
   *
   * @param number 1 for the first line of the file
   * @param prompt trimmed and checked; null if the line has no valid prompt
   * @param options options of the pictures
   * @param problem why the line is invalid, for display; null if it is valid
   */
  public record Entry(long number, String prompt, ImageOptions options, String problem) {

    /** Creates a line without options. */
    Entry(long number, String prompt, String problem) {
      this(number, prompt, ImageOptions.NONE, problem);
    }
  }

  private static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String reason) {
      super(reason);
    }
  }

  private final Format format;
  private final byte[] content;
  private final List<String> columns;

  /**
   * Creates a file from the received content.
   *
   * @throws BatchException.InvalidPromptFile if the file is too large, or has no column {@code
   *     prompt}
   */
  public PromptFile(Format format, byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new BatchException.InvalidPromptFile(
          "has more than " + MAX_BYTES + " bytes", List.of());
    }
    this.format = format;
    this.content = content;
    this.columns = format == Format.CSV ? columnsOf(lines()) : List.of();
  }

  /** Returns the names of the columns, those that the application knows as it writes them. */
  private static List<String> columnsOf(Iterator<Line> lines) {
    try {
      if (lines.hasNext()) {
        List<String> columns =
            valuesOf(decode(lines.next())).stream().map(PromptFile::known).toList();
        if (columns.contains(PROMPT)) {
          return columns;
        }
      }
    } catch (BadLineException e) {
      throw new BatchException.InvalidPromptFile(
          "has a first line that " + e.getMessage(), List.of());
    }
    throw new BatchException.InvalidPromptFile(
        "must have a first line that names the columns, one of them prompt", List.of());
  }

  private static String known(String name) {
    return NAMES.stream()
        .filter(known -> known.equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElse(name);
  }

  Format format() {
    return format;
  }

  byte[] content() {
    return content;
  }

  /**
   * Checks every line.
   *
   * @param skipLimit maximum number of wrong lines
   * @return number of lines with a valid or invalid prompt
   * @throws BatchException.InvalidPromptFile if the file has no or too many lines, or too many
   *     wrong lines
   */
  long check(long skipLimit) {
    List<Entry> bad = new ArrayList<>();
    long wrong = 0;
    long lines = 0;
    for (Iterator<Entry> all = entries(0); all.hasNext(); lines++) {
      Entry entry = all.next();
      if (entry.problem() != null) {
        wrong++;
        if (bad.size() < BatchException.InvalidPromptFile.MAX_LINES) {
          bad.add(entry);
        }
      }
    }
    if (wrong > skipLimit) {
      throw new BatchException.InvalidPromptFile(
          "has " + wrong + " invalid lines; the limit is " + skipLimit, bad);
    }
    if (lines == 0 || lines > MAX_LINES) {
      throw new BatchException.InvalidPromptFile(
          "must have 1 to " + MAX_LINES + " lines with prompts, not " + lines, List.of());
    }
    return lines;
  }

  /** Counts the lines with a valid or invalid prompt. */
  public long count() {
    long lines = 0;
    for (Iterator<Line> all = prompts(); all.hasNext(); all.next()) {
      lines++;
    }
    return lines;
  }

  /** Parses the lines after the given line number. */
  public Iterator<Entry> entries(long after) {
    Iterable<Line> lines = this::prompts;
    return StreamSupport.stream(lines.spliterator(), false)
        .filter(line -> line.number() > after)
        .map(this::read)
        .iterator();
  }

  private Iterator<Line> prompts() {
    Iterator<Line> lines = lines();
    if (format == Format.CSV && lines.hasNext()) {
      lines.next();
    }
    return lines;
  }

  private Entry read(Line line) {
    try {
      Map<String, String> values = valuesOf(line);
      return new Entry(line.number(), promptOf(values), LineOptions.of(values), null);
    } catch (BadLineException | IllegalArgumentException e) {
      return new Entry(line.number(), null, e.getMessage());
    }
  }

  /** Returns the values of the known columns or members, the first of each name. */
  private Map<String, String> valuesOf(Line line) throws BadLineException {
    String text = decode(line);
    return format == Format.CSV ? csvValues(text) : jsonValues(text);
  }

  private static String promptOf(Map<String, String> values) throws BadLineException {
    String prompt = Prompt.trimmed(values.get(PROMPT));
    if (!Prompt.isAcceptable(prompt)) {
      throw new BadLineException(
          "prompt must have 1 to " + Prompt.MAX + " characters and no control characters");
    }
    return prompt;
  }

  private static String decode(Line line) throws BadLineException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(line.content().duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new BadLineException("is not UTF-8");
    }
  }

  private Map<String, String> csvValues(String text) throws BadLineException {
    List<String> line = valuesOf(text);
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < Math.min(line.size(), columns.size()); i++) {
      values.putIfAbsent(columns.get(i), line.get(i));
    }
    if (!values.containsKey(PROMPT)) {
      throw new BadLineException("has no value in the column prompt");
    }
    return values;
  }

  private static List<String> valuesOf(String line) throws BadLineException {
    try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(line))) {
      return parser.getRecords().get(0).toList();
    } catch (CSVException | UncheckedIOException e) {
      throw new BadLineException("has quotes that do not match");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // reading from a string cannot fail
    }
  }

  private static Map<String, String> jsonValues(String text) throws BadLineException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = GuardedJson.parser(text, GuardedJson.MAX_DEPTH)) {
      if (parser.next() != Event.START_OBJECT) {
        throw new BadLineException("is not a JSON object");
      }
      while (parser.hasNext()) { // at the end, hasNext() rejects any text after the object
        if (parser.next() == Event.KEY_NAME) {
          String name = parser.getString();
          Event value = parser.next();
          if (value == Event.START_OBJECT) {
            parser.skipObject();
          } else if (value == Event.START_ARRAY) {
            parser.skipArray();
          }
          if (NAMES.contains(name) && value != Event.VALUE_NULL) {
            values.put(name, textOf(name, value, parser));
          }
        }
      }
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw new BadLineException("is not a JSON object");
    }
    if (!values.containsKey(PROMPT)) {
      throw new BadLineException("has no prompt");
    }
    return values;
  }

  private static String textOf(String name, Event value, JsonParser parser)
      throws BadLineException {
    boolean isNumber = LineOptions.NUMBERS.contains(name);
    if (value != (isNumber ? Event.VALUE_NUMBER : Event.VALUE_STRING)) {
      throw new BadLineException(name + " must be a " + (isNumber ? "number" : "string"));
    }
    return parser.getString();
  }

  /** Iterates over the lines that are not empty, with their numbers in the file. */
  private Iterator<Line> lines() {
    return new Iterator<>() {
      private int from = startsWithMark() ? BYTE_ORDER_MARK.length : 0;
      private long number;
      private Line next = advance();

      private Line advance() {
        while (from < content.length) {
          int end = from;
          while (end < content.length && content[end] != '\n') {
            end++;
          }
          int length = end > from && content[end - 1] == '\r' ? end - 1 : end;
          Line line = new Line(++number, ByteBuffer.wrap(content, from, length - from));
          from = end + 1;
          if (line.content().hasRemaining()) {
            return line;
          }
        }
        return null;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Line next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        Line line = next;
        next = advance();
        return line;
      }
    };
  }

  private boolean startsWithMark() {
    return content.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            content, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }
}
