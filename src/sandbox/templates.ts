/** A utility template; its identity is name and language (messenger-platform.md section 2.5). */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly status: "APPROVED" | "PENDING" | "REJECTED";
  /** As they were created; the placeholders in them say how many parameters a send needs. */
  readonly components: readonly unknown[];
}

/** The Page's utility templates. */
export class Templates {
  readonly #strict: boolean;
  #all: readonly Template[];
  #created = 0;

  /** Unless `strict`, a name that was never created stands for an approved template. */
  constructor(strict: boolean, templates: readonly Template[]) {
    this.#strict = strict;
    this.#all = templates;
  }

  list(name: string | undefined): readonly Template[] {
    return name === undefined ? this.#all : this.#all.filter((one) => one.name === name);
  }

  /** `assumed` where nothing is known of that name and the sandbox is not strict. */
  find(name: string, language: string): Template | "assumed" | undefined {
    const named = this.list(name);
    if (named.length === 0 && !this.#strict) return "assumed";
    return named.find((one) => one.language === language);
  }

  create(template: Omit<Template, "id" | "status">): Template {
    this.#created += 1;
    const id = String(104_000_000_000_000 + this.#created);
    const created: Template = { ...template, id, status: "APPROVED" };
    this.#all = [...this.#all, created];
    return created;
  }

  /** Removes one by id or all languages of a name; whether there was any. */
  remove(which: { readonly id: string } | { readonly name: string }): boolean {
    const before = this.#all.length;
    this.#all = this.#all.filter((one) =>
      "id" in which ? one.id !== which.id : one.name !== which.name,
    );
    return this.#all.length < before;
  }
}
