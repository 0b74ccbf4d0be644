/** At most so many different statements are prepared per connection; the rest go unnamed. */
const preparedStatementsMax = 400;

/** Gives each statement text a short name, so that PostgreSQL plans it once per connection. */
export class StatementNames {
  readonly #names = new Map<string, string>();

  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= preparedStatementsMax) return undefined;
    const name = `read_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
