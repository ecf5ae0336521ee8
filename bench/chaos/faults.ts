import type { FaultHit, FaultRule, TelegramServer } from "../../telegram-server/server.ts";
import type { Draws } from "./draws.ts";

const phaseMs = 15_000;
const rulesAtOnce = { least: 2, most: 5 };
const sending = ["sendMessage", "editMessageText", "editMessageReplyMarkup"];
const calls = [...sending, "answerCallbackQuery", "getUpdates", "getFile", "download"];

/**
 * What may happen to the Bot API. Left out is what makes people lose something by its nature (a gap of days, a token
 * changed, a bot that was blocked, what people deleted), and what needs a group.
 */
const kinds: ((draws: Draws) => FaultRule)[] = [
  (draws) => ({
    kind: "too-many-requests",
    retryAfterSeconds: draws.between(1, 3),
    probability: seldom(draws),
    methods: sending,
  }),
  (draws) => ({
    kind: "server-error",
    status: draws.pick([500, 502, 504]),
    probability: seldom(draws),
    methods: calls,
  }),
  (draws) => ({ kind: "dropped-before", probability: seldom(draws), methods: calls }),
  (draws) => ({ kind: "dropped-after", probability: seldom(draws), methods: calls }),
  (draws) => ({ kind: "slow", delaySeconds: draws.between(1, 20) / 10, probability: seldom(draws), methods: calls }),
  (draws) => ({ kind: "half-open", next: draws.between(1, 2), methods: [...sending, "answerCallbackQuery"] }),
  (draws) => ({ kind: "duplicate", probability: draws.between(5, 30) / 100 }),
  (draws) => ({ kind: "reorder", probability: draws.between(10, 60) / 100 }),
  (draws) => ({ kind: "late", delaySeconds: draws.between(1, 30) / 10, probability: seldom(draws) }),
  (draws) => ({ kind: "double-delivery", probability: draws.between(5, 30) / 100 }),
  (draws) => ({ kind: "clock-skew", skewSeconds: draws.pick([-90, -20, 20, 90]) }),
];

export type FaultRun = {
  /** Ends them all. @returns what happened, oldest first */
  end(): FaultHit[];
};

/** Other faults every some seconds, until they are ended. */
export function startFaults({ faults }: TelegramServer, draws: Draws): FaultRun {
  const happened: FaultHit[] = [];
  const next = () => {
    happened.push(...faults.record());
    const chosen = draws.shuffled(kinds).slice(0, draws.between(rulesAtOnce.least, rulesAtOnce.most));
    faults.start({ seed: draws.between(0, 2 ** 31), rules: chosen.map((make) => make(draws)) });
  };
  next();
  const timer = setInterval(next, phaseMs);
  return {
    end() {
      clearInterval(timer);
      happened.push(...faults.record());
      faults.end();
      return happened;
    },
  };
}

/** Calls that were carried out, and whose answer nobody got: what they sent comes once more. */
export function lostAnswers(happened: readonly FaultHit[]): { at: number; chat: number }[] {
  return happened
    .filter(({ rule, place }) => rule.kind === "dropped-after" && sending.includes(place))
    .map(({ at, chat = 0 }) => ({ at: Date.parse(at), chat }));
}

function seldom(draws: Draws): number {
  return draws.between(1, 8) / 100;
}
