package io.maquette.task.web;

import io.maquette.task.Prompt;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Constraint on a text like {@link PromptText}, which may also be missing. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OptionalText.Check.class)
public @interface OptionalText {

  String message() default "invalid.prompt";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Validator of the constraint. */
  class Check implements ConstraintValidator<OptionalText, String> {
    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      return value == null || Prompt.isAcceptable(value);
    }
  }
}
