package io.maquette.provider.http;

import io.maquette.config.Setting;
import io.maquette.provider.OperatorException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Detector of error answers that an operator's setting causes: the base address, the key, the
 * model, or a parameter that the server does not support. Servers with the same interface report
 * this in many ways, so status, code, parameter and words all count.
 */
public final class SettingErrors {

  /** Words about the user's content, which take precedence over all others. */
  private static final Pattern OF_THE_CONTENT =
      Pattern.compile(
          "safety|moderat|content.{0,20}(polic|filter)|polic(y|ies)|prohibit|sensitive|violat"
              + "|inappropriate|nsfw|copyright|\\bprompt|敏感|违规|违反|审核|不合规|提示词",
          Pattern.CASE_INSENSITIVE);

  /** Words about an input picture. */
  private static final Pattern OF_THE_PICTURE =
      Pattern.compile(
          "\\b(input|uploaded|source) (image|file|picture)|image file|file size|\\b[kmg]i?b\\b|bytes",
          Pattern.CASE_INSENSITIVE);

  private static final String FAULT =
      "(unknown|unrecogni[sz]ed|unsupported|not.{0,12}support|does ?n.t support|invalid|illegal"
          + "|unexpected|not permitted|not allowed|extra (field|input)|forbidden|out of range"
          + "|must be|should be|not match|must match|allowed|one of|valid|expected|expects|不支持|无效|非法|不合法|应为|必须|取值|有误)";

  private static final Pattern NO_SUCH_MODEL =
      Pattern.compile(
          "\\bmodels?\\b.{0,160}?(not.{0,4}found|not.{0,8}exist|n.t exist|no longer|unknown"
              + "|not available|unavailable|not.{0,12}support|unsupported|invalid|deprecated|retired"
              + "|offline|shut ?down|sunset|access|not.{0,8}open|not.{0,8}loaded|pull)"
              + "|(unknown|invalid|no such|unsupported|not found|could not (find|load)|cannot find"
              + "|no available channel|access to).{0,30}\\bmodel\\b"
              + "|(模型|型号).{0,80}(不存在|无效|下线|不支持|未开通|无权|没有权限|找不到|有误)|无可用渠道",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Error codes of servers for an unknown model, in lower case. */
  private static final Set<String> NO_SUCH_MODEL_CODES =
      Set.of(
          "model_not_found",
          "modelnotfound",
          "modelnotopen",
          "invalidendpointormodel.notfound",
          "invalid_model",
          "unsupported_model",
          "model_not_supported",
          "deploymentnotfound",
          "model_not_available",
          "model_deprecated",
          "model_decommissioned",
          "model_retired",
          "model_shutdown",
          "1211");

  private final String urlSetting;
  private final String keySetting;
  private final Map<String, Setting<?>> parameters = new LinkedHashMap<>();

  /**
   * Creates the detector for the settings of one service.
   *
   * @param keySetting null if it has no key
   */
  public SettingErrors(Setting<?> urlSetting, Setting<?> keySetting) {
    this.urlSetting = urlSetting.name();
    this.keySetting = keySetting == null ? null : keySetting.name();
  }

  /**
   * Adds a parameter whose value comes from a setting.
   *
   * @param parameter its name on the wire, in lower case; {@code model} is the model's
   */
  public SettingErrors with(String parameter, Setting<?> setting) {
    parameters.put(parameter, setting);
    return this;
  }

  /**
   * Returns the problem of an answer to a submission or a query, if a setting causes it.
   *
   * @param words the provider's words, for operators; free of secrets
   * @return empty if no setting causes it
   */
  public Optional<ProviderException> of(ErrorAnswer answer, String words) {
    Remarks said = Remarks.of(answer.body());
    int status = answer.status();
    Optional<ProviderException> ofRequest = ofRequest(answer, said, words);
    if (ofRequest.isPresent()) {
      return ofRequest;
    }
    if (isOfAddress(status, answer.isHtml())) {
      return Optional.of(
          status == 410
              ? new OperatorException(Problem.RETIRED, urlSetting, successorOf(answer), words)
              : ofAddress(words));
    }
    return switch (status) {
      case 401, 403 -> Optional.of(ofKey(Problem.UNAUTHORISED, words));
      case 402 -> Optional.of(ofKey(Problem.OUT_OF_CREDIT, words));
      default -> Optional.empty();
    };
  }

  /** Creates a problem of the key or its account. */
  public ProviderException ofKey(Problem problem, String words) {
    return new OperatorException(problem, keySetting, words);
  }

  /**
   * Creates the problem of a model that does not exist (any more). It names the successor that the
   * provider names, else the default of this version.
   */
  public ProviderException ofModel(ErrorAnswer answer, String words) {
    return ofModel(successorOf(answer), words);
  }

  /** Creates the same problem from an answer without headers. */
  public ProviderException ofModel(String words) {
    return ofModel((String) null, words);
  }

  private static String successorOf(ErrorAnswer answer) {
    return answer.successor().map("successor: "::concat).orElse(null);
  }

  private ProviderException ofModel(String hint, String words) {
    Setting<?> model = parameters.get("model");
    return model == null
        ? new OperatorException(Problem.RETIRED, urlSetting, hint, words)
        : new OperatorException(
            Problem.RETIRED,
            model.name(),
            hint == null ? "default of this version: " + model.defaultText() : hint,
            words);
  }

  /** Creates the problem of a model that exists, but not in the interface in use. */
  public ProviderException ofWrongModel(String words) {
    Setting<?> model = parameters.get("model");
    return OperatorException.misconfigured(model == null ? urlSetting : model.name(), words);
  }

  /** Creates the problem of a base address without the interface. */
  public ProviderException ofAddress(String words) {
    return OperatorException.misconfigured(urlSetting, words);
  }

  private Optional<ProviderException> ofRequest(ErrorAnswer answer, Remarks said, String words) {
    int status = answer.status();
    if (NO_SUCH_MODEL_CODES.contains(said.code().toLowerCase(Locale.ROOT))) {
      return Optional.of(ofModel(answer, words));
    }
    if (!Set.of(400, 403, 404, 410, 422).contains(status)) {
      return Optional.empty();
    }
    String parameter = said.parameter().toLowerCase(Locale.ROOT);
    if (parameters.containsKey(parameter)) {
      boolean isMissing =
          parameter.equals("model")
              && (status == 404
                  || status == 410
                  || (!said.code().equals("invalid_value")
                      && NO_SUCH_MODEL.matcher("model " + said.words()).find()));
      return Optional.of(
          isMissing
              ? ofModel(answer, words)
              : OperatorException.misconfigured(parameters.get(parameter).name(), words));
    }
    if (!parameter.isEmpty() && isUnknownParameter(said.code())) {
      return Optional.of(ofAddress(words)); // the requests contain no other optional part
    }
    if (status == 403
        || !parameter.isEmpty()
        || OF_THE_CONTENT.matcher(said.code() + " " + said.words()).find()
        || OF_THE_PICTURE.matcher(said.words()).find()) {
      return status == 403 && isMissingModel(said.words())
          ? Optional.of(ofModel(answer, words))
          : Optional.empty();
    }
    for (Map.Entry<String, Setting<?>> one : parameters.entrySet()) {
      if (!one.getKey().equals("model") && speaksOf(one.getKey(), said.words())) {
        return Optional.of(OperatorException.misconfigured(one.getValue().name(), words));
      }
    }
    return isMissingModel(said.words()) ? Optional.of(ofModel(answer, words)) : Optional.empty();
  }

  /**
   * Returns whether the model in the setting is missing; a service of 3D models has other models as
   * well.
   */
  private boolean isMissingModel(String words) {
    return parameters.containsKey("model") && NO_SUCH_MODEL.matcher(words).find();
  }

  private static boolean isUnknownParameter(String code) {
    return Set.of("unknown_parameter", "unsupported_parameter", "extra_forbidden").contains(code);
  }

  private static boolean speaksOf(String parameter, String words) {
    String name =
        parameter.endsWith("size")
            ? "(image.?)?size|resolution|dimensions?|尺寸|分辨率|图片大小"
            : parameter.length() == 1
                ? "[`'\"]" + parameter + "[`'\"]"
                : parameter.replace("_", "[_ -]?");
    String named = "(?<![a-z0-9_])(" + name + ")(?![a-z0-9_])";
    return Pattern.compile(
            named + ".{0,160}?" + FAULT + "|" + FAULT + ".{0,60}?" + named,
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(words)
        .find();
  }

  /**
   * Returns whether the base address has no such interface: unknown path or method, a redirect, or
   * an HTML page.
   */
  private static boolean isOfAddress(int status, boolean isHtml) {
    return status < 400
        || Set.of(404, 405, 410, 421, 426, 501).contains(status)
        || (isHtml && Set.of(400, 406, 411, 415, 422).contains(status));
  }
}
