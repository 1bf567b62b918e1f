/** What stands in the reason when it was Meta that took measures against the page. */
export const META_HALT = "Meta's policy enforcement";

/** Whether a halt is Meta's rather than a person's, by its reason or a sentence that holds it. */
export function isHaltByMeta(because: string): boolean {
  return because.includes(META_HALT);
}
