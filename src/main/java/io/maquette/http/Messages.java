package io.maquette.http;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Localised texts for users, in Chinese or English, from {@code texts*.properties}. */
public final class Messages {

  private static final String BUNDLE = "io.maquette.texts";
  private static final Locale ENGLISH = Locale.ENGLISH;
  private static final Locale CHINESE = Locale.CHINESE;

  /** Texts of the request that this thread answers. */
  private static final ThreadLocal<Messages> OF_REQUEST = new ThreadLocal<>();

  private final Locale language;
  private final ResourceBundle bundle;

  private Messages(Locale language) {
    this.language = language;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            language,
            Messages.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * Returns the texts for a client's accepted languages.
   *
   * @param acceptLanguage the request's header. Without it, the texts are Chinese, the API's
   *     default language; they are English if the client accepts neither language
   */
  public static Messages accepting(String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.isBlank()) {
      return new Messages(CHINESE);
    }
    try {
      List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(acceptLanguage);
      Locale best = Locale.lookup(ranges, List.of(CHINESE, ENGLISH));
      return new Messages(best == null ? ENGLISH : best);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // invalid header; Java's parser fails on "-" with an index error
      return new Messages(ENGLISH);
    }
  }

  /** Returns the texts for the request that this thread answers; Chinese outside a request. */
  public static Messages ofRequest() {
    Messages texts = OF_REQUEST.get();
    return texts == null ? accepting(null) : texts;
  }

  static void begin(String acceptLanguage) {
    OF_REQUEST.set(accepting(acceptLanguage));
  }

  /** Runs work in the language of these texts, on a thread that answers no request. */
  public void during(Runnable work) {
    OF_REQUEST.set(this);
    try {
      work.run();
    } finally {
      end();
    }
  }

  static void end() {
    OF_REQUEST.remove();
  }

  /**
   * Returns the text under a key, with its arguments. An apostrophe stays an apostrophe with and
   * without arguments; {@link MessageFormat} alone would drop it.
   */
  public String get(String key, Object... arguments) {
    String text = bundle.getString(key);
    return arguments.length == 0
        ? text
        : new MessageFormat(text.replace("'", "''"), language).format(arguments);
  }

  /** Returns the text under a key, if it exists. */
  public Optional<String> find(String key) {
    return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
  }

  /** Returns the language of the texts. */
  public Locale language() {
    return language;
  }
}
