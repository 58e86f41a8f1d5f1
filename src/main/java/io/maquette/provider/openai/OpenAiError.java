package io.maquette.provider.openai;

/** What went wrong, by the code and words of the server; any of them may be missing. */
public record OpenAiError(String message, String type, String code) {}
