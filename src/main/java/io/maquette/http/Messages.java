package io.maquette.http;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** What people are told, in Chinese or English: the texts in {@code texts*.properties}. */
public final class Messages {

  private static final String BUNDLE = "io.maquette.texts";
  private static final Locale ENGLISH = Locale.ENGLISH;
  private static final Locale CHINESE = Locale.CHINESE;

  /** The language of the request this thread is answering. */
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
   * The texts for somebody who accepts these languages.
   *
   * @param acceptLanguage the request's header; Chinese, the language of the contract, where there
   *     is none, English where neither is accepted
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
      // a header that means nothing; Java's parser fails on "-" with an index
      return new Messages(ENGLISH);
    }
  }

  /** The texts for the request this thread is answering; Chinese outside of one. */
  public static Messages ofRequest() {
    Messages texts = OF_REQUEST.get();
    return texts == null ? accepting(null) : texts;
  }

  static void begin(String acceptLanguage) {
    OF_REQUEST.set(accepting(acceptLanguage));
  }

  /** Does something in these texts' language, in a thread that answers no request. */
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
   * The text under a key, with arguments put in. An apostrophe is an apostrophe, with arguments or
   * without; {@link MessageFormat} alone would drop it.
   */
  public String get(String key, Object... arguments) {
    String text = bundle.getString(key);
    return arguments.length == 0
        ? text
        : new MessageFormat(text.replace("'", "''"), language).format(arguments);
  }

  /** The text under a key where there is one. */
  public Optional<String> find(String key) {
    return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
  }

  /** The language they are in. */
  public Locale language() {
    return language;
  }
}
