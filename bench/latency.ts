import { setTimeout as pause } from "node:timers/promises";
import { openLoad } from "./load/desk.ts";
import type { Row } from "./report.ts";

const order = { users: 50, perSecond: 25, seconds: 40, text: "/menu" } as const;
const aimMs = 100;
const settlingMs = 30_000;

/** How long people wait for an answer when the desk is busy, within Telegram's limits. */
export async function latency(): Promise<Row[]> {
  await using load = await openLoad("limited");
  // What the linking of 200 people brings has gone out.
  await pause(settlingMs);
  const { ms, answers, unanswered } = await load.ask({ do: "ask-at", ...order });
  const at = (part: number) =>
    `${(ms[Math.min(ms.length - 1, Math.floor(ms.length * part))] ?? Number.NaN).toFixed(1)} ms`;
  return [
    { what: `${order.perSecond} a second, half of them answered within`, figure: at(0.5) },
    { what: "99 of 100 answered within", figure: at(0.99), compared: `aim: ${aimMs} ms` },
    { what: "the slowest", figure: at(1), compared: `${answers} answered, ${unanswered} not` },
  ];
}
