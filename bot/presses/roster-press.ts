import { z } from "zod";
import { pressesOf } from "./presses-of.ts";

const day = { day: z.iso.date() };
/** Who had it when the button was made. */
const held = { ...day, formerId: z.int() };

/** What the buttons of the duty roster do. */
export const rosterPresses = [
  z.object({ do: z.literal("roster"), page: z.int().nonnegative(), turns: z.literal(true).optional() }),
  z.object({ do: z.literal("roster-day"), ...day }),
  z.object({ do: z.literal("fill-roster") }),
  z.object({ do: z.literal("change-roster-day"), ...held }),
  z.object({ do: z.literal("clear-roster-day"), ...held }),
] as const;

export type RosterPress = z.infer<(typeof rosterPresses)[number]>;

export const isRosterPress = pressesOf(rosterPresses);
