/** Which side of a rack something takes: its front or back half, or all of its depth. */
export const faces = ["front", "back", "full"] as const;
export type Face = (typeof faces)[number];

/** The room that something takes in a rack, counted in half units above its bottom: unit 1 is 0 and 1. */
export type Slot = { bottom: number; height: number; face: Face };

/** A part of a rack from one half unit, which is within, to another, which is not. */
export type Run = { from: number; to: number };

export const placeKinds = ["reserved", "occupied"] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** What somebody gets in a rack. */
export type Place = Slot & {
  id: number;
  rackId: number;
  kind: PlaceKind;
  /** On each of its feeds: if one fails, the others carry all. Source: office practice. */
  watts: number;
  feedIds: readonly number[];
};

export function sharesFace(one: Face, other: Face): boolean {
  return one === other || one === "full" || other === "full";
}

export function collides(one: Slot, other: Slot): boolean {
  const meets = one.bottom < other.bottom + other.height && other.bottom < one.bottom + one.height;
  return meets && sharesFace(one.face, other.face);
}

/** In half units. */
export function halvesOf({ heightU }: { heightU: number }): number {
  return heightU * 2;
}

/** What is free of a rack for something of that face, the lowest first. */
export function freeRuns(rack: { heightU: number }, places: readonly Slot[], face: Face): Run[] {
  const inTheWay = places
    .filter((place) => sharesFace(place.face, face))
    .sort((one, other) => one.bottom - other.bottom);
  const runs: Run[] = [];
  let from = 0;
  for (const { bottom, height } of inTheWay) {
    if (bottom > from) runs.push({ from, to: bottom });
    from = Math.max(from, bottom + height);
  }
  if (from < halvesOf(rack)) runs.push({ from, to: halvesOf(rack) });
  return runs;
}
