package io.maquette.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text of some characters, none of them a control character and one of them visible. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = VisibleText.Check.class)
public @interface VisibleText {

  /** The most characters, counted as people count them (code points). */
  int max();

  String message();

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The check. */
  class Check implements ConstraintValidator<VisibleText, String> {
    private int max;

    @Override
    public void initialize(VisibleText constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      return isFit(value, max);
    }

    /** Whether a text is one; null is none. */
    public static boolean isFit(String value, int max) {
      return value != null
          && value.codePointCount(0, value.length()) <= max
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
