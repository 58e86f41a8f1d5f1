package io.maquette.task.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A sentence of 1 to 500 characters, none of them a control character and one of them visible. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PromptText.Check.class)
public @interface PromptText {

  /** The most characters, counted as people count them (code points). */
  int MAX = 500;

  String message() default "invalid.prompt";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The check. */
  class Check implements ConstraintValidator<PromptText, String> {
    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      if (value == null) {
        return false;
      }
      return value.codePointCount(0, value.length()) <= MAX
          && value.codePoints().noneMatch(Check::isUnfit)
          && value.codePoints().anyMatch(Check::isVisible);
    }

    /** Control characters, and halves of characters that no database can keep. */
    private static boolean isUnfit(int codePoint) {
      int type = Character.getType(codePoint);
      return type == Character.CONTROL || type == Character.SURROGATE;
    }

    /** Not merely space, joiners and marks of direction. */
    private static boolean isVisible(int codePoint) {
      return !Character.isSpaceChar(codePoint) && Character.getType(codePoint) != Character.FORMAT;
    }
  }
}
