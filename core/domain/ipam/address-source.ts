/** Where a step gets an address from: a prefix, or what its ticket has already. */
export type AddressSource = { prefixId: number } | { rangeId: number };

/** As a key of a register's offer: "prefix:12", "range:7". */
export function sourceKey(source: AddressSource): string {
  return "prefixId" in source ? `prefix:${source.prefixId}` : `range:${source.rangeId}`;
}

/** @returns undefined of what is no such key */
export function parseSourceKey(key: string): AddressSource | undefined {
  const [, kind, id] = /^(prefix|range):(\d{1,15})$/.exec(key) ?? [];
  if (kind === undefined) return undefined;
  return kind === "prefix" ? { prefixId: Number(id) } : { rangeId: Number(id) };
}
