import type { OpenMode, PathLike, PathOrFileDescriptor } from "node:fs";
import type { DiskCall } from "./model-disk.ts";

type Fs = typeof import("node:fs");

/** `node:fs` as it is, but for a list of everything that changes the disk. */
export function recordingFs(real: Fs, calls: DiskCall[]): Fs {
  const files = new Map<number, { readonly id: number; readonly path: string }>();
  let nextId = 1;
  const idOf = (descriptor: PathOrFileDescriptor) => files.get(Number(descriptor))?.id ?? 0;
  return {
    ...real,
    openSync: (path: PathLike, flags: OpenMode) => {
      const descriptor = real.openSync(path, flags);
      const file = { id: nextId++, path: String(path) };
      files.set(descriptor, file);
      if (flags !== "r") calls.push({ kind: "make", path: file.path, file: file.id });
      return descriptor;
    },
    writeSync: ((descriptor: number, bytes: Buffer, offset: number) => {
      const written = real.writeSync(descriptor, bytes, offset);
      const part = Buffer.from(bytes.subarray(offset, offset + written));
      calls.push({ kind: "write", file: idOf(descriptor), bytes: part });
      return written;
    }) as Fs["writeSync"],
    fdatasync: ((descriptor: number, done: (fault: Error | null) => void) => {
      real.fdatasync(descriptor, (fault) => {
        calls.push({ kind: "sync", file: idOf(descriptor) });
        done(fault);
      });
    }) as Fs["fdatasync"],
    fdatasyncSync: (descriptor) => {
      real.fdatasyncSync(descriptor);
      calls.push({ kind: "sync", file: idOf(descriptor) });
    },
    fsyncSync: (descriptor) => {
      real.fsyncSync(descriptor);
      const file = files.get(descriptor);
      const isFolder = file !== undefined && real.fstatSync(descriptor).isDirectory();
      if (isFolder) calls.push({ kind: "syncFolder", path: file.path });
      else calls.push({ kind: "sync", file: idOf(descriptor) });
    },
    ftruncateSync: (descriptor, size) => {
      real.ftruncateSync(descriptor, size);
      calls.push({ kind: "truncate", file: idOf(descriptor), size: size ?? 0 });
    },
    renameSync: (from, to) => {
      real.renameSync(from, to);
      calls.push({ kind: "rename", from: String(from), to: String(to) });
    },
    linkSync: (from, to) => {
      real.linkSync(from, to);
      calls.push({ kind: "link", from: String(from), to: String(to) });
    },
    rmSync: (path, options) => {
      real.rmSync(path, options);
      calls.push({ kind: "remove", path: String(path) });
    },
  };
}
