const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is a file",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk's quota is used up",
  EFBIG: "the file would be larger than is allowed",
  EROFS: "the disk is read-only",
  EIO: "the disk fails",
  ELOOP: "its links lead in a circle",
};

/** Why a file operation failed, in words. */
export function reasonOf(fault: unknown): string {
  return REASONS[faultCode(fault)] ?? (fault instanceof Error ? fault.message : String(fault));
}

/** The system's code of a failed file operation, such as `ENOENT`, or an empty text. */
export function faultCode(fault: unknown): string {
  return fault instanceof Error && "code" in fault ? String(fault.code) : "";
}
