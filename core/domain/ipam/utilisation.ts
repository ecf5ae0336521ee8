/** How many addresses of a prefix are what. */
export type Utilisation = {
  all: bigint;
  assigned: bigint;
  reserved: bigint;
  quarantined: bigint;
  keptFree: bigint;
};

export function freeOf({ all, assigned, reserved, quarantined, keptFree }: Utilisation): bigint {
  return all - assigned - reserved - quarantined - keptFree;
}

/**
 * What cannot be given any more, in whole percent: 0 only where all is free, 100 only where nothing is.
 */
export function percentTaken(utilisation: Utilisation): number {
  const free = freeOf(utilisation);
  if (free === 0n) return 100;
  if (free === utilisation.all) return 0;
  const percent = Number(((utilisation.all - free) * 100n) / utilisation.all);
  return Math.max(1, percent);
}
