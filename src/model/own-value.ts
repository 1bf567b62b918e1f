/**
 * What a record itself has under a key. People choose ids and names freely: `constructor` must not
 * find what every object inherits.
 */
export function ownValue<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
