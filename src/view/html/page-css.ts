/**
 * The looks of pages about plans, reports and ledgers. They follow the light or dark scheme of
 * whoever looks, are light in print, and tell nothing by colour alone; colours keep a contrast of
 * at least 4.5.
 */
export const PAGE_CSS = `
:root { color-scheme: light dark; --ink: #1c1e21; --dim: #565b62; --back: #ffffff;
  --card: #f6f7f9; --line: #d0d4d9; --reach: #0b62c4; --bad: #b3261e; --warn: #7a4f00;
  --good: #17653a; --left: #7b828b; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e7e9ec; --dim: #b3b8bf; --back: #18191b; --card: #222427; --line: #46494e;
    --reach: #7db8ff; --bad: #ff9d94; --warn: #f0c060; --good: #7fd6a0; --left: #8f96a0; }
}
* { box-sizing: border-box; }
body { background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 1080px; overflow-wrap: anywhere; padding: 16px; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 8px; }
h2 { border-bottom: 1px solid var(--line); font-size: 1.2rem; margin: 40px 0 12px;
  padding-bottom: 4px; }
h3 { display: inline; font-size: 1.05rem; }
h4 { font-size: 1rem; margin: 20px 0 6px; }
p { margin: 8px 0; }
a { color: var(--reach); }
code, pre { font: 0.875em/1.5 ui-monospace, monospace; }
code { unicode-bidi: isolate; }
ins { background: none; color: var(--good); font-weight: 600; text-decoration: underline; }
del { color: var(--bad); text-decoration: line-through; }
.dim, caption, figcaption { color: var(--dim); font-size: 0.875rem; }
.verdict { border-left: 6px solid var(--left); background: var(--card); font-size: 1.15rem;
  font-weight: 600; margin: 12px 0; padding: 10px 14px; }
.verdict.good { border-color: var(--good); }
.verdict.warn { border-color: var(--warn); }
.verdict.bad { border-color: var(--bad); color: var(--bad); }
.facts { display: grid; gap: 2px 16px; grid-template-columns: max-content 1fr; margin: 12px 0;
  font-size: 0.875rem; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; }
.wide { overflow-x: auto; }
.wide:focus-visible, summary:focus-visible, a:focus-visible, pre:focus-visible {
  outline: 3px solid var(--reach); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9375rem; width: 100%; }
caption { padding: 4px 0; text-align: start; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 8px; text-align: start;
  vertical-align: top; overflow-wrap: break-word; }
th { font-weight: 600; }
thead th { color: var(--dim); font-size: 0.8125rem; }
td.number, th.number { font-variant-numeric: tabular-nums; text-align: end; white-space: nowrap; }
td.bars { min-width: 110px; vertical-align: middle; width: 32%; }
tr.sum th, tr.sum td { border-bottom: 2px solid var(--ink); font-weight: 600; }
.name, .words { min-width: 160px; overflow-wrap: anywhere; }
.words { min-width: 220px; }
time { white-space: nowrap; }
.bar { display: block; height: 14px; overflow: visible; width: 100%; }
.bar .matched, .defs .ink { fill: var(--left); }
.bar .reached { fill: var(--reach); }
.bar .failed { fill: var(--bad); }
.bar .unknown { fill: url(#hatched); stroke: var(--bad); }
.bar .open { fill: none; stroke: var(--left); stroke-dasharray: 4 3; }
.bar .left { fill: none; stroke: var(--left); }
.bar .limit { stroke: var(--ink); stroke-width: 3; }
.defs { display: block; height: 0; position: absolute; width: 0; }
.defs path { stroke: var(--bad); stroke-width: 3; }
.word { border: 1px solid currentColor; border-radius: 4px; display: inline-block;
  font-size: 0.8125rem; font-weight: 600; padding: 0 6px; white-space: nowrap; }
.word.bad { color: var(--bad); }
.word.warn { color: var(--warn); }
.word.good { color: var(--good); }
.alert { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--bad);
  margin: 12px 0; padding: 8px 14px; }
.alert.warn { border-left-color: var(--warn); }
.alert.quiet { border-left-color: var(--left); }
pre.lines { background: var(--back); border: 1px solid var(--line); border-radius: 6px;
  margin: 8px 0; overflow-wrap: anywhere; padding: 8px 12px; white-space: pre-wrap; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 0 14px; }
details[open] { padding-bottom: 14px; }
summary { cursor: pointer; padding: 10px 0; }
.many details { content-visibility: auto; contain-intrinsic-block-size: auto 46px; }
.bubbles { display: flex; flex-wrap: wrap; gap: 24px; }
.bubbles figure { flex: 1 1 280px; margin: 8px 0; max-width: 100%; min-width: 0; }
.bubbles figcaption { margin-bottom: 6px; }
.pair { display: flex; flex-wrap: wrap; gap: 16px; }
.pair > div { flex: 1 1 240px; min-width: 0; }
.next li { margin: 8px 0; }
.days { display: grid; gap: 8px; grid-template-columns: repeat(7, minmax(0, 1fr)); list-style: none;
  margin: 8px 0; padding: 0; }
.day { border: 1px solid var(--line); border-radius: 8px; font-size: 0.8125rem; padding: 6px 8px; }
.day h3 { display: block; font-size: 0.8125rem; margin: 0 0 4px; }
.day ul { list-style: none; margin: 4px 0 0; padding: 0; }
.day li { margin-bottom: 4px; }
.day .total { font-size: 1rem; font-weight: 600; }
.from-2 { grid-column-start: 2; } .from-3 { grid-column-start: 3; }
.from-4 { grid-column-start: 4; } .from-5 { grid-column-start: 5; }
.from-6 { grid-column-start: 6; } .from-7 { grid-column-start: 7; }
footer { border-top: 1px solid var(--line); margin-top: 40px; }
@media (max-width: 800px) {
  .days { grid-template-columns: minmax(0, 1fr); }
  .day { grid-column-start: auto; }
  .day.empty { display: none; }
  td.bars { min-width: 80px; }
}
@media print {
  body { font-size: 11pt; max-width: none; padding: 0; }
  h2, h3, h4 { break-after: avoid; }
  tr, figure, .alert, .day { break-inside: avoid; }
  .wide { overflow: visible; }
  .few details::details-content { block-size: auto; content-visibility: visible; }
  .few details { border: 0; padding: 0; }
  .bubble { --bubble-back: #f0f2f5; --bubble-ink: #1c1e21; --bubble-dim: #5a5f66;
    --bubble-tap: #0058b8; --bubble-card: #ffffff; --bubble-line: #d5d8dc;
    --bubble-place: #dfe5ee; }
  .bubble-part, .bubble-frame, .bubble-before { border: 1px solid #5a5f66; }
}
`;
