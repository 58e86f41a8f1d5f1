// The server offers the document at its root, in YAML unless asked otherwise.
SwaggerUIBundle({ url: '/openapi', dom_id: '#api', deepLinking: true, validatorUrl: null });
