import { z } from "zod";
import { isolationDecisions } from "../../core/domain/hosting/isolation.ts";
import { pressesOf } from "./presses-of.ts";

const stack = { stack: z.string() };

/** What the buttons do by which is watched what stands. */
export const watchPresses = [
  z.object({ do: z.literal("watch"), ...stack, turns: z.literal(true).optional() }),
  z.object({ do: z.literal("compare-stack"), ...stack }),
  z.object({ do: z.literal("put-back-stack"), ...stack }),
  z.object({ do: z.literal("isolate-application"), applicationId: z.int() }),
  z.object({ do: z.literal("revoke-access"), accessId: z.int() }),
  z.object({ do: z.literal("decide-isolation"), isolationId: z.int(), decision: z.enum(isolationDecisions) }),
] as const;

export type WatchPress = z.infer<(typeof watchPresses)[number]>;

export const isWatchPress = pressesOf(watchPresses);
