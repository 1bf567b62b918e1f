import type * as AjvPackage from "ajv";
import type { Ajv, ErrorObject, ValidateFunction } from "ajv";
import type { Finding } from "../diag/diagnostic.ts";
import type { JsonObject, JsonPath, JsonValue } from "../model/json.ts";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import { chooseBranch, unionFinding } from "./choose-branch.ts";
import { meantKey, missingFinding, shapeFinding } from "./shape-wording.ts";

/** Judges the shape of one kind of file; findings are relative to the document. */
export type ShapeCheck = (value: JsonValue) => readonly Finding[];

/** What other rooms judge, and judge better: conditions and messages. */
const JUDGED_ELSEWHERE: JsonObject = {
  condition: {},
  message: { type: "object" },
  patch: { type: "object" },
};

/** Worse faults first: of several at one place only the worst is told. */
const SEVERITY = ["type", "const", "enum", "anyOf", "additionalProperties"];

/**
 * A check by a schema of ours, with one finding for each cause. `isSound` is the same schema
 * compiled beforehand, which only says yes or no.
 */
export function shapeCheck(schema: JsonObject, isSound: (value: unknown) => boolean): ShapeCheck {
  let thorough: ShapeCheck | undefined;
  return (value) => {
    if (isSound(value)) return [];
    thorough ??= compileCheck(schema);
    return thorough(value);
  };
}

function compileCheck(schema: JsonObject): ShapeCheck {
  const { Ajv } = loadWhenNeeded<typeof AjvPackage>("ajv");
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
  });
  const own = withoutForeign(schema);
  const validate = ajv.compile(own);
  const definitions = own["definitions"] ?? {};
  const compiled: Compiled = { ajv, definitions, checks: new Map() };
  return (value) => (validate(value) ? [] : findingsOf(compiled, validate.errors ?? [], []));
}

interface Compiled {
  readonly ajv: Ajv;
  readonly definitions: JsonValue;
  /** The branches of unions that were asked so far. */
  readonly checks: Map<JsonObject, ValidateFunction>;
}

function withoutForeign(schema: JsonObject): JsonObject {
  const definitions = { ...(schema["definitions"] as JsonObject) };
  for (const name of Object.keys(definitions)) {
    definitions[name] = JUDGED_ELSEWHERE[name] ?? definitions[name] ?? {};
  }
  return { ...schema, definitions };
}

/** One finding for each place, the branches of a union replaced by the one that was meant. */
function findingsOf(
  compiled: Compiled,
  errors: readonly ErrorObject[],
  base: JsonPath,
): readonly Finding[] {
  const unions = outermost(errors.filter((error) => error.keyword === "anyOf"));
  const misspelt = new Set(errors.flatMap(misspeltKey));
  const plain = errors.filter(
    (error) => !unions.some((union) => liesIn(error, union)) && !isMisspelt(error, misspelt),
  );
  const at = (error: ErrorObject) => [...base, ...pathOf(error.instancePath)];
  const found = plain
    .filter(({ keyword }) => keyword !== "propertyNames" && keyword !== "required")
    .sort((a, b) => rank(a) - rank(b))
    .map((error) => shapeFinding(error, at(error)));
  const missing = byMap(plain.filter(({ keyword }) => keyword === "required")).map((errors) =>
    missingFinding(errors, at(errors[0])),
  );
  const inUnions = unions.flatMap((union) => unionFindings(compiled, union, at(union)));
  return onePerPlace([...found, ...missing, ...inUnions]);
}

/** What one map lacks is one cause. */
function byMap(errors: readonly ErrorObject[]): readonly [ErrorObject, ...ErrorObject[]][] {
  const groups = new Map<string, [ErrorObject, ...ErrorObject[]]>();
  for (const error of errors) {
    const group = groups.get(error.instancePath);
    if (group === undefined) groups.set(error.instancePath, [error]);
    else group.push(error);
  }
  return [...groups.values()];
}

/** The pointer of a key that is missing only because it is written with other letters. */
function misspeltKey(error: ErrorObject): readonly string[] {
  const meant = error.keyword === "additionalProperties" ? meantKey(error) : undefined;
  return meant === undefined ? [] : [`${error.instancePath}/${meant}`];
}

function isMisspelt(error: ErrorObject, misspelt: ReadonlySet<string>): boolean {
  const { keyword, instancePath, params } = error;
  return keyword === "required" && misspelt.has(`${instancePath}/${params["missingProperty"]}`);
}

function unionFindings(compiled: Compiled, union: ErrorObject, path: JsonPath): readonly Finding[] {
  const branches = union.schema as readonly JsonObject[];
  const chosen = chooseBranch(branches, union.data as JsonValue);
  if (chosen === undefined) return [unionFinding(branches, union.data as JsonValue, path)];
  const validate = branchCheck(compiled, branches[chosen] ?? {});
  validate(union.data);
  return findingsOf(compiled, validate.errors ?? [], path);
}

/** Compiled only once a file breaks it; its references lead to the definitions of the whole. */
function branchCheck({ ajv, definitions, checks }: Compiled, branch: JsonObject): ValidateFunction {
  const check = checks.get(branch) ?? ajv.compile({ definitions, ...branch });
  checks.set(branch, check);
  return check;
}

function outermost(unions: readonly ErrorObject[]): readonly ErrorObject[] {
  const others = (union: ErrorObject) => unions.filter((other) => other !== union);
  return unions.filter((union) => !others(union).some((other) => liesIn(union, other)));
}

function liesIn(error: ErrorObject, union: ErrorObject): boolean {
  const { instancePath } = union;
  return (
    error === union ||
    error.instancePath.startsWith(`${instancePath}/`) ||
    (error.instancePath === instancePath && error.schemaPath.startsWith(`${union.schemaPath}/`))
  );
}

function rank(error: ErrorObject): number {
  const at = SEVERITY.indexOf(error.keyword);
  return at === -1 ? SEVERITY.length : at;
}

function onePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const place = JSON.stringify([finding.path, finding.atKey]);
    if (!kept.has(place)) kept.set(place, finding);
  }
  return [...kept.values()];
}

/** A JSON pointer as a path; list positions are told from keys by the walk through the file. */
function pathOf(pointer: string): JsonPath {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
