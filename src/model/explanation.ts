import type {
  Condition1,
  Message,
  Rule,
  WrittenExplanation,
} from "./generated/explanation-written.ts";

/** Why one person gets a message or not; `schemas/explanation.schema.json` says what is what. */
export type Explanation = WrittenExplanation;
export type ExplainedCondition = Condition1;
export type ExplainedRule = Rule;
export type ExplainedMessage = Message;
