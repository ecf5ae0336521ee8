import { z } from "zod";
import { pressesOf } from "./presses-of.ts";

const ticket = { ticketId: z.int() };
const application = { applicationId: z.int() };
const check = { ...ticket, key: z.string() };

/** What the buttons of hosting do, beside the steps of its tickets. */
export const hostingPresses = [
  z.object({
    do: z.literal("machine-checks"),
    ...ticket,
    page: z.int().nonnegative(),
    turns: z.literal(true).optional(),
  }),
  z.object({ do: z.literal("machine-check"), ...check }),
  z.object({ do: z.literal("accept-machine-check"), ...check, version: z.int() }),
  z.object({ do: z.literal("accept-passed-checks"), ...ticket, version: z.int(), keys: z.array(z.string()) }),
  z.object({ do: z.literal("applications"), page: z.int().nonnegative(), turns: z.literal(true).optional() }),
  z.object({ do: z.literal("application-plan"), ...ticket }),
  z.object({ do: z.literal("application"), ...application }),
  z.object({ do: z.literal("request-change"), ...application }),
  z.object({ do: z.literal("request-access"), ...application }),
  z.object({ do: z.literal("request-purge"), ...application }),
  z.object({ do: z.literal("offer-database-account"), ...application, accessId: z.int().optional() }),
] as const;

export type HostingPress = z.infer<(typeof hostingPresses)[number]>;

export const isHostingPress = pressesOf(hostingPresses);
