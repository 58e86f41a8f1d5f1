package io.maquette.provider.http;

/**
 * Marks an answer that has a reader of its own, because it is too large for {@link AnswerReader}.
 */
public interface StreamedAnswer {}
