import { z } from "zod";
import { pressesOf } from "./presses-of.ts";

const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };
const cable = { cableId: z.int() };
const device = { assetId: z.int() };

/** What the buttons of cables do. A cable that was moved has another label and another end, so older buttons are refused. */
export const cablePresses = [
  z.object({ do: z.literal("cables"), ...paged, unprinted: z.literal(true).optional() }),
  z.object({ do: z.literal("cables-of-ticket"), ticketId: z.int(), ...paged }),
  z.object({ do: z.literal("cable"), ...cable }),
  z.object({ do: z.literal("find-cable") }),
  z.object({ do: z.literal("cables-found"), text: z.string(), ...paged }),
  z.object({ do: z.literal("ports-of-device"), ...device, ...paged }),
  z.object({
    do: z.literal("lay-cable"),
    /** From the ports of a device; absent: it is asked which. */
    assetId: z.int().optional(),
  }),
  z.object({ do: z.literal("move-cable-end"), ...cable, useId: z.int() }),
  z.object({ do: z.literal("ask-removing-cable"), ...cable, labelId: z.int() }),
  z.object({ do: z.literal("remove-cable"), ...cable, labelId: z.int() }),
  z.object({ do: z.literal("print-cable-label"), ...cable }),
  z.object({ do: z.literal("print-labels-of-ticket"), ticketId: z.int() }),
  z.object({ do: z.literal("print-unprinted-labels") }),
  z.object({ do: z.literal("export-cables") }),
] as const;

export type CablePress = z.infer<(typeof cablePresses)[number]>;

export const isCablePress = pressesOf(cablePresses);
