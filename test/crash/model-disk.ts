import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/*
 * What a disk may hold after a power cut. A file is surely there as far as it was synced, a name
 * once its folder was; what came later may be there, missing, or there in part.
 */

/** A call that changes what is on disk. */
export type DiskCall =
  | { readonly kind: "make"; readonly path: string; readonly file: number }
  | { readonly kind: "rename" | "link"; readonly from: string; readonly to: string }
  | { readonly kind: "remove" | "folder" | "syncFolder"; readonly path: string }
  | { readonly kind: "write"; readonly file: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly file: number; readonly size: number }
  | { readonly kind: "sync"; readonly file: number };

/** How the power goes: what of the names and of the bytes that were not synced is there. */
export interface PowerCut {
  /** How many of the calls came to their end. */
  readonly calls: number;
  /** From 0 to 1: how many of the changes of names since the last sync. */
  readonly names: number;
  /** From 0 to 1: how many of the bytes since the last sync. */
  readonly bytes: number;
  /** What is missing of the bytes is there as zeros. */
  readonly zeros: boolean;
}

interface Content {
  synced: Buffer;
  now: Buffer;
}

/** Files by path, as they may lie on disk after a cut. */
export function filesAfter(calls: readonly DiskCall[], cut: PowerCut): Map<string, Buffer> {
  const made = calls.slice(0, cut.calls);
  const contents = contentsOf(made);
  const names = namesOf(made, cut.names);
  return new Map([...names].map(([path, file]) => [path, bytesOf(contents.get(file), cut)]));
}

/** Puts files of one folder into another one. */
export function layOut(files: ReadonlyMap<string, Buffer>, from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const [path, bytes] of files) {
    const target = join(to, relative(from, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}

function contentsOf(calls: readonly DiskCall[]): Map<number, Content> {
  const contents = new Map<number, Content>();
  for (const call of calls) {
    if (call.kind === "make") {
      contents.set(call.file, { synced: Buffer.alloc(0), now: Buffer.alloc(0) });
    } else if ("file" in call) {
      const content = contents.get(call.file);
      if (content === undefined) continue;
      if (call.kind === "write") content.now = Buffer.concat([content.now, call.bytes]);
      else if (call.kind === "truncate") content.now = content.now.subarray(0, call.size);
      else content.synced = content.now;
    }
  }
  return contents;
}

function bytesOf(content: Content | undefined, cut: PowerCut): Buffer {
  if (content === undefined) return Buffer.alloc(0);
  const { synced, now } = content;
  if (now.length <= synced.length) return cut.bytes < 0.5 ? synced : now;
  const kept = synced.length + Math.floor((now.length - synced.length) * cut.bytes);
  if (!cut.zeros) return now.subarray(0, kept);
  return Buffer.concat([now.subarray(0, kept), Buffer.alloc(now.length - kept)]);
}

/** Changes of names come to the disk in their order. */
function namesOf(calls: readonly DiskCall[], share: number): Map<string, number> {
  const durable = new Set<DiskCall>();
  for (const [index, call] of calls.entries()) {
    if (call.kind !== "syncFolder") continue;
    for (const before of calls.slice(0, index)) {
      if (isNaming(before) && folderOf(before) === call.path) durable.add(before);
    }
  }
  const open = calls.filter((call) => isNaming(call) && !durable.has(call));
  const lucky = new Set(open.slice(0, Math.round(open.length * share)));
  const names = new Map<string, number>();
  for (const call of calls) if (durable.has(call) || lucky.has(call)) change(names, call);
  return names;
}

function change(names: Map<string, number>, call: DiskCall): void {
  if (call.kind === "make") names.set(call.path, call.file);
  if (call.kind === "remove") names.delete(call.path);
  if (call.kind !== "rename" && call.kind !== "link") return;
  const file = names.get(call.from);
  if (file === undefined) return;
  names.set(call.to, file);
  if (call.kind === "rename") names.delete(call.from);
}

function isNaming({ kind }: DiskCall): boolean {
  return kind === "make" || kind === "rename" || kind === "link" || kind === "remove";
}

function folderOf(call: DiskCall): string {
  if ("to" in call) return dirname(call.to);
  return "path" in call ? dirname(call.path) : "";
}
