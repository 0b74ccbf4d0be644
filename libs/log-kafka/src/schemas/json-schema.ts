/** The part of JSON Schema (draft 7) that our messages need. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $ref?: string;
};

/** Schemas by name; they refer to each other as `#/definitions/Name`. */
export type JsonSchemas = Readonly<Record<string, JsonSchema>>;
