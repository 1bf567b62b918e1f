/** The looks of a preview beside those of every page; for the screen and for paper. */
export const PREVIEW_CSS = `
.sights { display: grid; gap: 24px;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); }
.sight { break-inside: avoid; min-width: 0; }
.sight h3 { display: block; margin: 0 0 4px; }
.sight p { margin: 4px 0 8px; }
.sight .bubble-cards { flex-wrap: wrap; overflow: visible; }
.sight .bubble p { margin: 0; }
.values { display: grid; font-size: 0.875rem; gap: 2px 10px; margin: 4px 0 10px;
  grid-template-columns: minmax(0, auto) minmax(0, 1fr); }
.values dt { color: var(--dim); }
.values dd { margin: 0; max-height: 6em; overflow: hidden; }
.why { color: var(--bad); }
.meters h4 { font-size: 0.875rem; margin: 12px 0 4px; }
.meters ul { list-style: none; margin: 0; padding: 0; }
.meter { display: grid; font-size: 0.875rem; gap: 0 8px; margin: 4px 0;
  grid-template-columns: minmax(0, 1fr) auto; }
.meter meter { grid-column: 1 / -1; height: 10px; width: 100%; }
.use { font-variant-numeric: tabular-nums; }
.over .use { color: var(--bad); font-weight: 600; }
`;
