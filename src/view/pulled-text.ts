import { count, countPeople } from "./reason-words.ts";

/** What `users pull` came to. */
export interface PulledDocument {
  readonly format: "posthorn.pulled/1";
  readonly conversations: number;
  readonly people: number;
  readonly news: number;
  readonly opt_ins: number;
  readonly opt_outs: number;
  readonly silent: number;
  /** Whether the last conversation was reached. */
  readonly complete: boolean;
}

/** In words, who wrote first. */
export function showPulled(pulled: PulledDocument): string {
  const { conversations, people, news, opt_ins, opt_outs, silent, complete } = pulled;
  const lines = [
    `Read ${count(conversations)} conversations, with ${countPeople(people)} who wrote; ` +
      `${count(news)} of their messages were not known before.`,
    ...(opt_outs > 0 ? [`  ${count(opt_outs)} of them want no more messages`] : []),
    ...(opt_ins > 0 ? [`  ${count(opt_ins)} of them agree to messages`] : []),
    ...(silent > 0
      ? [`  ${count(silent)} conversations show nothing that a person wrote lately`]
      : []),
    ...(complete ? [] : ["More are left: the next `posthorn users pull` goes on there."]),
  ];
  return `${lines.join("\n")}\n`;
}
