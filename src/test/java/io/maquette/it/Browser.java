package io.maquette.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.maquette.Tool;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A headless Chromium: the one Debian has ({@code -Dit.chromium} says where another one is). */
final class Browser implements AutoCloseable {

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  Browser() {
    Path program = Tool.CHROMIUM.require();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            // WebGL without a graphics card; all else is drawn ten times as fast
                            // when it does not go that way
                            "--enable-unsafe-swiftshader")));
  }

  /**
   * What a visitor brings along. Most want no motion: without a graphics card whatever turns takes
   * the time that the test needs.
   */
  record Manner(
      String language, int width, int height, ColorScheme colours, boolean moving, boolean touch) {
    static final Manner CHINESE = new Manner("zh-CN", 1280, 900, ColorScheme.LIGHT, false, false);
    static final Manner ENGLISH = new Manner("en-GB", 1280, 900, ColorScheme.LIGHT, false, false);

    /** Both languages, sizes and colour schemes; with {@code -Pall} in more combinations. */
    static List<Manner> all() {
      return Boolean.getBoolean("it.all")
          ? List.of(
              CHINESE,
              ENGLISH.inTheDark(),
              CHINESE.onPhone().inTheDark(),
              ENGLISH.onPhone(),
              ENGLISH.onPhone().inTheDark())
          : List.of(CHINESE, ENGLISH.onPhone().inTheDark());
    }

    Manner onPhone() {
      return new Manner(language, 360, 740, colours, moving, true);
    }

    Manner onWall() {
      return new Manner(language, 2560, 1440, colours, moving, touch);
    }

    Manner inTheDark() {
      return new Manner(language, width, height, ColorScheme.DARK, moving, touch);
    }

    Manner inMotion() {
      return new Manner(language, width, height, colours, true, touch);
    }
  }

  /** Somebody with cookies and storage of their own. */
  Visitor visitor(URI base, Manner manner) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(base.toString())
                .setLocale(manner.language())
                .setViewportSize(manner.width(), manner.height())
                .setColorScheme(manner.colours())
                .setReducedMotion(
                    manner.moving() ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
                .setHasTouch(manner.touch())
                .setAcceptDownloads(true));
    return new Visitor(context, base);
  }

  /** An empty page, for scripts that need nothing else. */
  Page blank() {
    return chromium.newPage();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
