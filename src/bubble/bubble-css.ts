/**
 * The looks of `bubbleHtml`, for a page's style sheet or a document's own `<style>`. Follows the
 * light or dark scheme of whoever looks; colours keep a contrast of at least 4.5.
 */
export const BUBBLE_CSS = `
.bubble {
  --bubble-back: #f0f2f5; --bubble-ink: #1c1e21; --bubble-dim: #5a5f66; --bubble-tap: #0058b8;
  --bubble-card: #ffffff; --bubble-line: #d5d8dc; --bubble-place: #dfe5ee;
  color: var(--bubble-ink); display: flex; flex-direction: column; align-items: flex-start;
  font: 15px/1.35 system-ui, sans-serif; gap: 4px; max-width: 100%; overflow-wrap: anywhere;
  width: fit-content;
}
@media (prefers-color-scheme: dark) {
  .bubble {
    --bubble-back: #303236; --bubble-ink: #e7e9ec; --bubble-dim: #b3b8bf; --bubble-tap: #7db8ff;
    --bubble-card: #222427; --bubble-line: #46494e; --bubble-place: #3a424e;
  }
}
:where(.bubble p, .bubble ul, .bubble ol, .bubble dl, .bubble dd) { margin: 0; padding: 0; }
:where(.bubble ul, .bubble ol) { list-style: none; }
.bubble-part { max-width: min(100%, 420px); }
.bubble-text:has(.bubble-buttons) { border: 1px solid var(--bubble-line); min-width: 220px; }
.bubble-text { background: var(--bubble-back); border-radius: 18px; overflow: hidden; }
.bubble-words { padding: 8px 12px; white-space: pre-wrap; }
.bubble-before { background: var(--bubble-back); border-radius: 18px; margin-bottom: 4px;
  width: fit-content; }
.bubble-frame { background: var(--bubble-card); border: 1px solid var(--bubble-line);
  border-radius: 14px; overflow: hidden; width: 260px; max-width: 100%; box-sizing: border-box; }
.bubble-title { font-weight: 600; padding: 8px 12px 0; }
.bubble-title:last-child { padding-bottom: 10px; }
.bubble-title a { color: inherit; }
.bubble-subtitle { color: var(--bubble-dim); font-size: 13px; padding: 2px 12px 0; }
.bubble-subtitle a { color: var(--bubble-tap); }
.bubble-frame > :last-child:not(.bubble-buttons, .bubble-button, .bubble-media) {
  padding-bottom: 10px; }
.bubble-buttons { display: flex; flex-direction: column; margin-top: 8px; }
.bubble-media + .bubble-buttons { margin-top: 0; }
.bubble-button { background: var(--bubble-card); border: 0; border-radius: 0;
  border-top: 1px solid var(--bubble-line); box-sizing: border-box;
  color: var(--bubble-tap); cursor: default; display: block; font: inherit;
  font-weight: 600; min-height: 40px; padding: 9px 12px; text-align: center; text-decoration: none;
  width: 100%; }
.bubble-feedback > .bubble-button { margin-top: 8px; }
button.bubble-button, a.bubble-button, button.bubble-reply { cursor: pointer; }
button.bubble-button:hover, a.bubble-button:hover, button.bubble-reply:hover {
  background: var(--bubble-back); }
.bubble :is(a, button, .bubble-cards):focus-visible { outline: 3px solid var(--bubble-tap);
  outline-offset: -3px; }
.bubble-cards { display: flex; gap: 8px; overflow-x: auto; max-width: 100%; padding-bottom: 4px; }
.bubble-cards > .bubble-frame { flex: 0 0 240px; }
.bubble-media { align-items: center; background: var(--bubble-place); color: var(--bubble-ink);
  display: flex; font-size: 13px; justify-content: center; min-height: 44px; padding: 8px 12px; }
.bubble-file-name { max-width: 100%; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.bubble-image-place, .bubble-video-place { aspect-ratio: 1.91; }
.bubble-square .bubble-image-place, .bubble-images .bubble-image-place { aspect-ratio: 1; }
.bubble-image-place, .bubble-video-place, .bubble-audio-place, .bubble-file-place {
  box-sizing: border-box; flex-direction: column; gap: 6px; }
.bubble-image-place::before { border: 2px solid var(--bubble-dim); border-radius: 4px; content: "";
  height: 20px; width: 28px; }
.bubble-video-place::before, .bubble-audio-place::before { border: 10px solid transparent;
  border-left: 16px solid var(--bubble-dim); border-right: 0; content: ""; }
.bubble-file-place::before { border: 2px solid var(--bubble-dim); content: ""; height: 22px;
  width: 16px; }
.bubble-audio-place, .bubble-file-place { flex-direction: row; justify-content: flex-start; }
.bubble-images { display: grid; gap: 4px; grid-template-columns: repeat(3, 96px); }
.bubble-images .bubble-media { border-radius: 10px; padding: 4px; }
.bubble-cells { display: grid; gap: 2px; grid-template-columns: repeat(2, 1fr); }
.bubble-cell { background: none; border: 0; border-radius: 0; cursor: inherit; display: block;
  font: inherit; padding: 0; text-decoration: none; }
.bubble-cell .bubble-image-place { aspect-ratio: 1; height: 100%; }
.bubble-hero { grid-column: 1 / -1; order: -1; }
.bubble-hero .bubble-image-place { aspect-ratio: 1.91; }
.bubble-code { padding: 8px 12px 0; }
.bubble-code code { border: 1px dashed var(--bubble-dim); border-radius: 6px; font-size: 14px;
  padding: 2px 8px; }
.bubble-ids, .bubble-rows, .bubble-sums, .bubble-values { padding: 6px 12px 0; }
.bubble-rows li { border-top: 1px solid var(--bubble-line); display: grid; gap: 0 8px;
  grid-template-columns: 1fr auto; padding: 6px 0; }
.bubble-rows .bubble-subtitle { grid-row: 2; padding: 0; }
.bubble-amount { font-variant-numeric: tabular-nums; grid-column: 2; grid-row: 1; }
.bubble-sums, .bubble-values { display: grid; gap: 2px 8px; grid-template-columns: 1fr auto; }
.bubble-sums { border-top: 1px solid var(--bubble-line); }
.bubble-values dt { color: var(--bubble-dim); font-size: 13px; }
.bubble-values dd, .bubble-sums dd { text-align: end; }
.bubble-sums dt:last-of-type, .bubble-sums dd:last-of-type { font-weight: 600; }
.bubble-scores { display: flex; flex-wrap: wrap; gap: 6px; padding: 0 12px; }
.bubble-scores li { border: 1px solid var(--bubble-line); border-radius: 8px; min-width: 26px;
  padding: 4px 0; text-align: center; }
.bubble-placeholder { border: 1px solid var(--bubble-line); border-radius: 8px;
  color: var(--bubble-dim); margin: 8px 12px 0; padding: 6px 8px; }
.bubble-sticker { align-items: center; background: var(--bubble-place); border-radius: 14px;
  box-sizing: border-box; display: flex; height: 96px; justify-content: center; padding: 8px;
  text-align: center; width: 96px; font-size: 12px; }
.bubble-other { background: var(--bubble-back); border-radius: 10px; font: 12px/1.4 monospace;
  margin: 0; overflow: auto; padding: 8px 12px; white-space: pre-wrap; }
.bubble-replies { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 4px; }
.bubble-reply { align-items: center; background: var(--bubble-card); border-radius: 18px;
  border: 1px solid var(--bubble-tap); color: var(--bubble-tap); display: inline-flex;
  font: inherit; font-weight: 600; gap: 6px; min-height: 36px; padding: 6px 14px; }
.bubble-icon { background: var(--bubble-place); border-radius: 50%; height: 18px; width: 18px; }
@media print { .bubble-cards { flex-wrap: wrap; overflow: visible; } }
`;
