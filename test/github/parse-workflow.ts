import { register } from "node:module";

// The parser imports JSON as bundlers allow it; Node wants to be told.
const hook = `export const load = (url, context, next) => next(url, url.endsWith(".json")
  ? { ...context, importAttributes: { type: "json" } } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

/** What GitHub's own parser finds wrong with a workflow, as `line:column: message`. */
export async function workflowFaults(name: string, content: string): Promise<string[]> {
  const parser = await import("@actions/workflow-parser");
  const trace = new parser.NoOperationTraceWriter();
  const { context, value } = parser.parseWorkflow({ name, content }, trace);
  if (value !== undefined) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}
