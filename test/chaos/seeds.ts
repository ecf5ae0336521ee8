/** Plans of kills, faults and choices that are played again: those at which something once did not hold, and one that always held. */
export const seeds: { seed: number; kills: number; because: string }[] = [
  { seed: 1, kills: 10, because: "so that it is seen to work" },
];
