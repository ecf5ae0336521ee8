/** Plans of kills, faults and choices that are played again: those at which something once did not hold. */
export const seeds: { seed: number; kills: number; because: string }[] = [
  { seed: 5, kills: 8, because: "a part that started while PostgreSQL was killed ended with a stack trace" },
];
