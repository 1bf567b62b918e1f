/** The generated files by name. */
export function generate(root?: string): Promise<Map<string, string>>;
