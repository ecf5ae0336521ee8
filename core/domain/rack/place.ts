/** Which side of a rack something takes: its front or back half, or all of its depth. */
export const faces = ["front", "back", "full"] as const;
export type Face = (typeof faces)[number];
