import type { Finding } from "../diag/diagnostic.ts";
import type { JsonPath } from "../model/json.ts";

/** A whole value that names an environment variable. */
export const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** What shells, templates and workflows write in its place: $NAME, ${A}/b, ${{ … }}, %NAME%. */
const MEANT_AS_REFERENCE = /\$[{(]|^\$[A-Za-z_]|^%[A-Za-z_]\w*%$|\{\{.*\}\}/;

/** Says how to name an environment variable where something like it is written. */
export function envFormFinding(written: string, path: JsonPath): Finding | undefined {
  if (REFERENCE.test(written) || !MEANT_AS_REFERENCE.test(written)) return undefined;
  const detail =
    "An environment variable is named by ${NAME} and nothing beside it: letters, digits and _, " +
    "no default, no $NAME. Write the whole value into the variable.";
  return { code: "ENV_FORM", path, summary: "Environment variable named in another form", detail };
}
