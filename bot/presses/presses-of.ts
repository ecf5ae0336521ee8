import type { z } from "zod";

type OnePress = z.ZodObject<{ do: z.ZodLiteral<string> }>;

/** Tells the presses of one part of the bot from all others. */
export function pressesOf<Part extends OnePress>(part: readonly Part[]) {
  const names = new Set<string>(part.flatMap(({ shape }) => [...shape.do.values]));
  return <Press extends { do: string }>(press: Press): press is Extract<Press, z.infer<Part>> => names.has(press.do);
}
