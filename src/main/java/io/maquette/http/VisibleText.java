package io.maquette.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Constraint on a text: it has no control characters and at least one visible character. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = VisibleText.Check.class)
public @interface VisibleText {

  /** Returns the maximum number of characters, counted in code points. */
  int max();

  String message();

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Validator of the constraint. */
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

    /** Returns whether a text satisfies the constraint; null does not. */
    public static boolean isFit(String value, int max) {
      return value != null
          && value.codePointCount(0, value.length()) <= max
          && value.codePoints().noneMatch(Check::isUnfit)
          && value.codePoints().anyMatch(Check::isVisible);
    }

    /**
     * Returns whether a character is a control character or an unpaired surrogate, which databases
     * cannot store.
     */
    private static boolean isUnfit(int codePoint) {
      int type = Character.getType(codePoint);
      return type == Character.CONTROL || type == Character.SURROGATE;
    }

    /** Returns whether a character is visible, i.e. no space, joiner or direction mark. */
    private static boolean isVisible(int codePoint) {
      return !Character.isSpaceChar(codePoint) && Character.getType(codePoint) != Character.FORMAT;
    }
  }
}
