import { z } from "zod";
import { targetKinds } from "../../core/domain/monitoring/target-values.ts";
import { pressesOf } from "./presses-of.ts";

const target = { targetId: z.int() };
const versioned = { ...target, version: z.int() };
const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };

/** What the buttons of what is watched do. */
export const monitorPresses = [
  z.object({ do: z.literal("status"), turns: z.literal(true).optional() }),
  z.object({ do: z.literal("targets"), of: z.enum(targetKinds), ...paged }),
  z.object({ do: z.literal("targets-found"), text: z.string(), ...paged }),
  z.object({ do: z.literal("export-status") }),
  z.object({ do: z.literal("find-target") }),
  // Its picture stands above already, where it is drawn.
  z.object({
    ...{ do: z.literal("target"), ...target, turns: z.literal(true).optional(), isDrawn: z.literal(true).optional() },
  }),
  z.object({ do: z.literal("target-behind"), ...target, ...paged }),
  z.object({ do: z.literal("ask-target"), ...target }),
  z.object({ do: z.literal("add-target") }),
  z.object({ do: z.literal("watch-asset"), assetId: z.int() }),
  z.object({ do: z.literal("change-target"), ...versioned }),
  z.object({ do: z.literal("pause-target"), ...versioned, isPaused: z.boolean() }),
  z.object({ do: z.literal("ask-pausing-target"), ...target }),
  z.object({ do: z.literal("ask-removing-target"), ...target }),
  z.object({ do: z.literal("remove-target"), ...versioned }),
  z.object({ do: z.literal("target-checks"), ...target }),
  /** `answers`: what was entered before. */
  z.object({ do: z.literal("add-check"), ...target, answers: z.record(z.string(), z.string()).optional() }),
  z.object({ do: z.literal("ask-removing-check"), checkId: z.int() }),
  z.object({ do: z.literal("remove-check"), checkId: z.int() }),
  z.object({ do: z.literal("ask-renewing-beat"), checkId: z.int() }),
  /** When the address was made that is to be replaced; null: it has none. */
  z.object({ do: z.literal("renew-beat"), checkId: z.int(), formerAt: z.string().nullable() }),
  z.object({ do: z.literal("begin-maintenance"), ...target }),
  z.object({ do: z.literal("end-maintenance"), windowId: z.int() }),
  z.object({ do: z.literal("cancel-maintenance"), windowId: z.int() }),
  z.object({ do: z.literal("export-targets") }),
  z.object({ do: z.literal("send-target-file") }),
  z.object({ do: z.literal("import-targets"), importId: z.int() }),
  z.object({ do: z.literal("discard-target-import"), importId: z.int() }),
  /** `outageId`: on whose page it stands. */
  z.object({ do: z.literal("take-outage"), alertId: z.int(), outageId: z.int().optional() }),
  /** The form in which the person was told of it goes with it. `personId`: whom the desk notes as affected. */
  z.object({
    ...{ do: z.literal("join-outage"), outageId: z.int() },
    ...{ draftId: z.int().optional(), personId: z.int().optional() },
  }),
] as const;

export type MonitorPress = z.infer<(typeof monitorPresses)[number]>;

export const isMonitorPress = pressesOf(monitorPresses);
