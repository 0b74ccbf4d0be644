/** A template that cannot be read or played, in Go's words: `template: :1: ...`. */
export class TemplateError extends Error {}
