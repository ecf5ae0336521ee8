import { z } from "zod";
import { measurableName } from "../../core/domain/calendar/report-days.ts";
import { groupings } from "../../core/domain/monitoring/availability-lists.ts";
import { causeCodes } from "../../core/domain/monitoring/outage.ts";
import { pictureDays } from "../../core/domain/monitoring/picture-days.ts";
import { pressesOf } from "./presses-of.ts";

const month = { month: z.string().regex(measurableName) };
const turns = { turns: z.literal(true).optional() };
const outage = { outageId: z.int() };
const of = z.union([
  z.strictObject({ targetId: z.int() }),
  z.strictObject({ officeId: z.int() }),
  z.strictObject({ provider: z.string() }),
]);

/** What the buttons of availability, of outages and of pictures do. */
export const outagePresses = [
  z.object({
    ...{ do: z.literal("availability"), by: z.enum(groupings), page: z.int().nonnegative() },
    ...{ ...month, ...turns },
  }),
  z.object({
    ...{ do: z.literal("availability-of"), of, page: z.int().nonnegative().optional() },
    ...{ ...month, ...turns },
  }),
  z.object({ do: z.literal("choose-days") }),
  z.object({ do: z.literal("export-availability"), ...month }),
  z.object({ do: z.literal("outage"), ...outage, ...turns }),
  /** `former`: what stood there when the button was made. */
  z.object({
    ...{ do: z.literal("set-cause"), ...outage },
    ...{ cause: z.enum(causeCodes), former: z.enum(causeCodes).nullable() },
  }),
  /** `inMessage`: at the message of the outage, which stays. */
  z.object({ do: z.literal("ask-power"), ...outage, inMessage: z.literal(true).optional() }),
  z.object({ do: z.literal("answer-power"), questionId: z.int(), isOut: z.boolean() }),
  z.object({ do: z.literal("outage-evidence"), ...outage }),
  z.object({ do: z.literal("provider-report"), ...outage }),
  z.object({ do: z.literal("draw-target"), targetId: z.int(), days: z.literal(pictureDays) }),
  z.object({ do: z.literal("draw-status") }),
] as const;

export type OutagePress = z.infer<(typeof outagePresses)[number]>;

export const isOutagePress = pressesOf(outagePresses);
