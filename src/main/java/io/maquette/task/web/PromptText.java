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

/** A sentence of 1 to 500 characters, none of them a control character and one of them visible. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PromptText.Check.class)
public @interface PromptText {

  String message() default "invalid.prompt";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The check. */
  class Check implements ConstraintValidator<PromptText, String> {
    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      return value != null && Prompt.isAcceptable(value);
    }
  }
}
