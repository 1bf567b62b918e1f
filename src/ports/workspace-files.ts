/** A file as it lies on disk, or why it cannot be read. */
export type FileRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "missing" }
  /** Its real path, after symlinks, lies outside the workspace. */
  | { readonly kind: "outside" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** The files of one workspace. Paths are relative to its root, with forward slashes. */
export interface WorkspaceFiles {
  /** Absolute path of the workspace's folder. */
  readonly root: string;
  /** Paths that fit a glob, sorted; empty when there are none. Dot files are not listed. */
  list(glob: string): readonly string[];
  read(path: string): FileRead;
  /** Whether a path or glob, once symlinks are followed, stays inside the workspace. */
  isInside(path: string): boolean;
}
